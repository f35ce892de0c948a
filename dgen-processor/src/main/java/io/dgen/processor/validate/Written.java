package io.dgen.processor.validate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * An annotation that somebody wrote, with the value in it.
 *
 * @param annotation the annotation
 * @param value its {@code value}, or one of several
 */
record Written(AnnotationMirror annotation, AnnotationValue value) {

  /** The annotation of a name on an element, if it is there and has a value. */
  static Optional<Written> of(Element element, String name) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (((TypeElement) mirror.getAnnotationType().asElement())
          .getQualifiedName()
          .contentEquals(name)) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
            mirror.getElementValues().entrySet()) {
          if (entry.getKey().getSimpleName().contentEquals("value")) {
            return Optional.of(new Written(mirror, entry.getValue()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The values of an array. */
  List<Written> items() {
    return value.getValue() instanceof List<?> items
        ? items.stream().map(it -> new Written(annotation, (AnnotationValue) it)).toList()
        : List.of(this);
  }

  /** The value as text. */
  String text() {
    return String.valueOf(value.getValue());
  }

  /** The value as it stands in the source, with quotes. */
  @Override
  public String toString() {
    return value.toString();
  }
}
