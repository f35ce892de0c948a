package io.dgen.processor.validate;

import io.dgen.processor.extract.Annotations;
import io.dgen.processor.extract.Unresolved;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * An annotation in the source, with its value.
 *
 * @param annotation the annotation
 * @param value its {@code value}, or one of several
 */
record Written(AnnotationMirror annotation, AnnotationValue value) {

  /**
   * Reads an annotation whose value is a text, or several.
   *
   * @param unresolved gets the annotation if a text is missing, does not exist or is something
   *     else, which the compiler reports
   * @return the annotation, if it is there and well-formed
   */
  static Optional<Written> of(Element element, String name, Unresolved unresolved) {
    Optional<AnnotationMirror> annotation = Annotations.find(element, name);
    if (annotation.isEmpty()) {
      return Optional.empty();
    }
    Optional<Written> written =
        Annotations.value(annotation.get(), "value")
            .map(it -> new Written(annotation.get(), it))
            .filter(it -> it.items().stream().allMatch(item -> Annotations.isText(item.value())));
    if (written.isEmpty()) {
      unresolved.note(annotation.get().toString());
    }
    return written;
  }

  /** Returns the values of an array. */
  List<Written> items() {
    return value.getValue() instanceof List<?> items
        ? items.stream().map(it -> new Written(annotation, (AnnotationValue) it)).toList()
        : List.of(this);
  }

  /** Returns the value as text. */
  String text() {
    return String.valueOf(value.getValue());
  }

  /** Returns the value as it stands in the source, with quotes. */
  @Override
  public String toString() {
    return value.toString();
  }
}
