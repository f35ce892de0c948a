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
 * @param callbacks the methods with names of callbacks: its own in declaration order, then the
 *     inherited
 * @param hasAbstractMethods whether an implementation must have methods
 */
public record ServerDeclaration(
    TypeElement type,
    AnnotationMirror annotation,
    Optional<AnnotationValue> name,
    Optional<AnnotationValue> state,
    Optional<TypeElement> namedState,
    Optional<TypeElement> nestedState,
    List<MessageDeclaration> messages,
    List<CallbackDeclaration> callbacks,
    boolean hasAbstractMethods) {

  /**
   * The simple name.
   *
   * @return the name of the interface
   */
  public String simpleName() {
    return type.getSimpleName().toString();
  }
}
