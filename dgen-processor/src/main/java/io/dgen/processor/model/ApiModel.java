package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import java.util.List;
import java.util.Optional;

/**
 * The part of a server that its users see: enough for the client and the message classes, and known
 * even if the server is wrong elsewhere.
 *
 * @param type the interface
 * @param isPublic whether the interface is public, and so what is generated
 * @param isNameable whether the package can see the interface
 * @param isComplete whether the server is right; if not, what is generated only has to compile
 * @param ownsMessage whether the message class can be generated; not if the user has one of its
 *     name
 * @param generatedAnnotation {@code javax.annotation.processing.Generated}, where the interface's
 *     module can see it
 * @param state the state record, if known
 * @param messages the messages, in declaration order
 * @param steps the steps, in declaration order
 * @param rejected the messages of which the client can only guess; none if the server is right
 * @param isAsking whether the server takes answers, rightly or not
 * @param asked the servers that it asks
 */
public record ApiModel(
    ClassName type,
    boolean isPublic,
    boolean isNameable,
    boolean isComplete,
    boolean ownsMessage,
    Optional<ClassName> generatedAnnotation,
    Optional<ClassName> state,
    List<ApiMessage> messages,
    List<ApiStep> steps,
    List<Rejected> rejected,
    boolean isAsking,
    List<Asked> asked) {

  /**
   * A server that is asked.
   *
   * @param api what is asked of it: its calls, of the kind that their answers are
   * @param name the name under which its entities are stored
   * @param method the method that chooses the entity
   */
  public record Asked(ApiModel api, String name, String method) {

    /**
     * Returns the name of the class that wraps an answer.
     *
     * @param call the call that is answered
     * @return the simple names of the server and of the call's record
     */
    public String wrapper(ApiMessage call) {
      return api.type().simpleName() + call.record().simpleName();
    }
  }

  /**
   * A step, as {@code handleLocked} sees it.
   *
   * @param record the record
   * @param method the method that runs it
   * @param result what it returns, boxed; empty if that is unknown
   */
  public record ApiStep(ClassName record, String method, Optional<TypeName> result) {}

  /**
   * A message, as its sender sees it.
   *
   * @param record the record
   * @param method the client's method
   * @param kind the kind
   * @param parameters the record's components
   * @param isCallable whether the client has methods for it; not if a component's type is missing
   *     or cannot be named
   * @param varargs whether the last one is written with an ellipsis
   * @param reply what the client's method returns, boxed; empty if it has no reply, or an unknown
   *     one
   */
  public record ApiMessage(
      ClassName record,
      String method,
      MessageModel.Kind kind,
      List<ApiParameter> parameters,
      boolean isCallable,
      boolean varargs,
      Optional<TypeName> reply) {}

  /**
   * A message that is wrong in itself: its sender may pass anything and expect anything.
   *
   * @param method the client's method
   * @param kind the kind
   */
  public record Rejected(String method, MessageModel.Kind kind) {}

  /**
   * A component, as a parameter.
   *
   * @param name its name
   * @param type its type
   */
  public record ApiParameter(String name, TypeName type) {}

  /**
   * Returns whether there is a message of a kind, right or wrong.
   *
   * @param kind the kind
   * @return whether the client has methods for it
   */
  public boolean has(MessageModel.Kind kind) {
    return messages.stream().anyMatch(it -> it.kind() == kind)
        || rejected.stream().anyMatch(it -> it.kind() == kind);
  }

  /**
   * Returns the same server as far as it can be generated beside a class of the user's.
   *
   * @param messageIsTaken whether that class has the name of the message class
   * @return what only has to compile
   */
  public ApiModel beside(boolean messageIsTaken) {
    return new ApiModel(
        type,
        isPublic,
        isNameable,
        false,
        !messageIsTaken,
        generatedAnnotation,
        state,
        messages,
        steps,
        rejected,
        isAsking,
        asked);
  }

  /**
   * Returns the name of a generated class.
   *
   * @param suffix {@code Client}, {@code Message}, {@code Server}, {@code Codec}, {@code Asks} or
   *     {@code Steps}
   * @return the class beside the interface
   */
  public ClassName generated(String suffix) {
    return GeneratedNames.of(type, suffix);
  }
}
