package io.dgen.generated;

/** The kinds of message, by the marker interface of the record. */
public enum MessageKind {
  /** Implements {@link io.dgen.Call}. */
  CALL,
  /** Implements {@link io.dgen.Cast}. */
  CAST,
  /** Implements {@link io.dgen.Info}. */
  INFO,
  /** Implements {@link io.dgen.Query}; never stored, and handled outside of rounds. */
  QUERY,
  /** The answer to a call that the entity sent to another one. */
  ANSWER
}
