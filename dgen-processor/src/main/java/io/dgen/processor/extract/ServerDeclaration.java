package io.dgen.processor.extract;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;

/**
 * An annotated type with what was declared in it, right or wrong.
 *
 * @param type the annotated type
 * @param annotation the {@code @DistributedServer}
 * @param name the annotation's name, if written
 * @param state the annotation's state, if written
 * @param namedState the type that the annotation's state names
 * @param nestedState the nested type named {@code State}
 * @param messages the nested types that are marked as messages, in declaration order
 * @param steps the nested types that are marked as steps, in declaration order
 * @param callbacks the methods with names of callbacks: its own in declaration order, then the
 *     inherited
 * @param others the other methods, in the same order
 * @param hasAbstractMethods whether an implementation must have methods
 * @param asks the calls with which it asks others
 */
public record ServerDeclaration(
    TypeElement type,
    AnnotationMirror annotation,
    Optional<AnnotationValue> name,
    Optional<AnnotationValue> state,
    Optional<TypeElement> namedState,
    Optional<TypeElement> nestedState,
    List<MessageDeclaration> messages,
    List<StepDeclaration> steps,
    List<CallbackDeclaration> callbacks,
    List<CallbackDeclaration> others,
    boolean hasAbstractMethods,
    List<AskDeclaration> asks) {

  /** Returns the same with what it asks. */
  ServerDeclaration asking(List<AskDeclaration> calls) {
    return new ServerDeclaration(
        type,
        annotation,
        name,
        state,
        namedState,
        nestedState,
        messages,
        steps,
        callbacks,
        others,
        hasAbstractMethods,
        List.copyOf(calls));
  }

  /**
   * Returns the name under which the server's entities are stored.
   *
   * @return the name that the annotation gives, or that of the interface
   */
  public String storedName() {
    return name.map(it -> String.valueOf(it.getValue()))
        .filter(it -> !it.isEmpty())
        .orElse(simpleName());
  }

  /**
   * Returns whether the server asks others, rightly or not.
   *
   * @return whether it has a method that takes an answer
   */
  public boolean isAsking() {
    return !asks.isEmpty() || callbacks.stream().anyMatch(CallbackDeclaration::isAnswering);
  }

  /**
   * Returns whether the annotation says under which name the server is stored.
   *
   * @return whether there is a name, and not an empty one
   */
  public boolean hasName() {
    return name.filter(it -> !String.valueOf(it.getValue()).isEmpty()).isPresent();
  }

  /**
   * Returns the simple name.
   *
   * @return the name of the interface
   */
  public String simpleName() {
    return type.getSimpleName().toString();
  }
}
