package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import java.util.List;
import java.util.Optional;

/**
 * A message of a server.
 *
 * @param record the record that the user wrote
 * @param kind by which interface it is marked
 * @param formerNames the names under which it was stored before, the newest first
 * @param components its components, in declaration order
 * @param reply the {@code R} of a {@code Call<R>} or a {@code Query<R>}; empty for the other kinds
 */
public record MessageModel(
    ClassName record,
    Kind kind,
    List<String> formerNames,
    List<ComponentModel> components,
    Optional<Shape> reply) {

  /** The kinds of message. */
  public enum Kind {
    /** {@code Call<R>}. */
    CALL,
    /** {@code Cast}. */
    CAST,
    /** {@code Info}. */
    INFO,
    /** {@code Query<R>}. */
    QUERY;

    /**
     * Returns whether the sender gets a reply.
     *
     * @return true for a call and a query
     */
    public boolean hasReply() {
      return this == CALL || this == QUERY;
    }
  }

  /**
   * Returns the name under which the message is stored.
   *
   * @return the record's simple name
   */
  public String name() {
    return record.simpleName();
  }
}
