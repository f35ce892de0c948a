package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import java.util.List;
import java.util.Optional;

/**
 * A message of a server, or the answer to a call with which it asks another.
 *
 * @param record the record that the user wrote; of an answer, that of the call
 * @param kind by which interface it is marked
 * @param name the name under which the message is stored: the record's simple name; of an answer,
 *     after the name of the server that is asked and a full stop
 * @param wrapper the name of the class that wraps it
 * @param formerNames the names under which it was stored before, the newest first
 * @param components its components, in declaration order
 * @param reply the {@code R} of a {@code Call<R>} or a {@code Query<R>}, and of the call that is
 *     answered; empty for the other kinds
 */
public record MessageModel(
    ClassName record,
    Kind kind,
    String name,
    String wrapper,
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
    QUERY,
    /** The answer to a {@code Call<R>} of another server. */
    ANSWER;

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
   * Returns the name of the record.
   *
   * @return its simple name
   */
  public String simpleName() {
    return record.simpleName();
  }
}
