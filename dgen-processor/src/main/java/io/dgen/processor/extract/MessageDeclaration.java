package io.dgen.processor.extract;

import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/**
 * A nested type that implements at least one of {@code Call}, {@code Cast}, {@code Info} and {@code
 * Query}.
 *
 * @param element the type
 * @param components its components, in declaration order; none if it is not a record
 * @param varargs whether the last component was declared with an ellipsis
 * @param kinds the kinds, at least one
 * @param clientName the name of the client's method, if {@code @ClientName} gives one
 * @param reply the {@code R} of {@code Call<R>} or {@code Query<R>}; empty if it is neither or raw
 */
public record MessageDeclaration(
    TypeElement element,
    List<RecordComponentElement> components,
    boolean varargs,
    Set<Kind> kinds,
    Optional<String> clientName,
    Optional<TypeMirror> reply) {

  /**
   * Returns the client's method.
   *
   * @return the name that {@code @ClientName} gives, if it is one, or that of the record with its
   *     first word in lower case
   */
  public String method() {
    return clientName
        .filter(GeneratedNames::isMethod)
        .orElseGet(() -> GeneratedNames.method(name()));
  }

  /**
   * Returns the simple name.
   *
   * @return the name of the record
   */
  public String name() {
    return element.getSimpleName().toString();
  }
}
