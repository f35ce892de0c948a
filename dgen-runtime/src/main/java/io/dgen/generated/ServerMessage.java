package io.dgen.generated;

/** A message of a server: the superinterface of each generated {@code CounterMessage}. */
public interface ServerMessage {

  /**
   * Returns the record that was sent.
   *
   * @return the message's record
   */
  Record message();
}
