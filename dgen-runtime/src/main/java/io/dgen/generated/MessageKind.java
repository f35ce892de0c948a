package io.dgen.generated;

/** The three kinds of message, by the marker interface of the record. */
public enum MessageKind {
  /** Implements {@link io.dgen.Call}. */
  CALL,
  /** Implements {@link io.dgen.Cast}. */
  CAST,
  /** Implements {@link io.dgen.Info}. */
  INFO
}
