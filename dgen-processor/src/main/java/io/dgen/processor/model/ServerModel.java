package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A distributed server.
 *
 * @param type the interface that the user wrote
 * @param name the name under which its entities are stored
 * @param isPublic whether the interface is public, and so what is generated
 * @param state the state record
 * @param messages its messages, in declaration order, then the answers to what it asks
 * @param steps the steps of its work under locks, in declaration order
 * @param init the callback that makes the first state
 * @param callbacks the callback of each message that is not a query, in the order of the messages
 * @param queries the callback of each query, in the order of the messages
 * @param locked the {@code handleLocked} of the messages that have one
 * @param deadLetters the {@code handleDeadLetter} of the messages that have one
 * @param delete the callback that runs when an entity is deleted, if there is one
 * @param hasAbstractCallbacks whether the user's class must implement the interface
 * @param records every record that the codecs write, by type, in order of first use
 * @param sealed every sealed interface that the codecs write, by type, in order of first use
 * @param enums every enum that the codecs write, by type, in order of first use
 */
public record ServerModel(
    ClassName type,
    String name,
    boolean isPublic,
    ClassName state,
    List<MessageModel> messages,
    List<StepModel> steps,
    CallbackModel init,
    List<CallbackModel> callbacks,
    List<CallbackModel> queries,
    List<CallbackModel> locked,
    List<CallbackModel> deadLetters,
    Optional<CallbackModel> delete,
    boolean hasAbstractCallbacks,
    Map<TypeName, RecordModel> records,
    Map<TypeName, SealedModel> sealed,
    Map<TypeName, EnumModel> enums) {

  /**
   * A callback.
   *
   * @param method the method's name
   * @param message the message that it handles, or the answer; empty for init and {@code
   *     handleDelete}
   * @param parameters what it takes, in order
   * @param returns what it returns
   */
  public record CallbackModel(
      String method, Optional<MessageModel> message, List<Parameter> parameters, Returns returns) {}

  /** The parameters that a callback may take. */
  public enum Parameter {
    /** The message. */
    MESSAGE,
    /** The state. */
    STATE,
    /** The caller: {@code From<R>}. */
    FROM,
    /** The {@code Context}. */
    CONTEXT,
    /** The state of an entity that may not exist, for a query: {@code Optional<State>}. */
    OPTIONAL_STATE,
    /** The {@code QueryContext}. */
    QUERY_CONTEXT,
    /** The answer to what was asked: {@code Answer<R>}. */
    ANSWER,
    /** The {@code LockedContext}. */
    LOCKED_CONTEXT
  }

  /** The kinds of value that a callback may return. */
  public enum Returns {
    /** The state alone. */
    STATE,
    /** A result class: {@code Reply}, {@code NoReply} ..., or an interface above them. */
    RESULT,
    /** The reply alone: the callback does not change the state, or is of a query. */
    REPLY,
    /** Nothing. */
    NOTHING
  }

  /**
   * Returns the name of a generated class.
   *
   * @param suffix {@code Client}, {@code Message}, {@code Server}, {@code Codec} or {@code Steps}
   * @return the class beside the interface; for a nested interface the enclosing names come first,
   *     joined by underscores
   */
  public ClassName generated(String suffix) {
    return GeneratedNames.of(type, suffix);
  }
}
