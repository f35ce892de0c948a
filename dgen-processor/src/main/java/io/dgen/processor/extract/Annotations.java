package io.dgen.processor.extract;

import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Reads annotations that may be malformed: a value may be missing, have another type than it was
 * declared with, or name a constant or a class that does not exist. The compiler reports that.
 */
public final class Annotations {

  /** The text that compilers give for a value that they could not resolve. */
  private static final String ERROR = "<error>";

  private Annotations() {}

  /**
   * Looks for an annotation.
   *
   * @param element the element that may be annotated
   * @param name the annotation's qualified name
   * @return the annotation, if it is there; its values may be missing
   */
  public static Optional<AnnotationMirror> find(Element element, String name) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (((TypeElement) mirror.getAnnotationType().asElement())
          .getQualifiedName()
          .contentEquals(name)) {
        return Optional.of(mirror);
      }
    }
    return Optional.empty();
  }

  /**
   * Looks for a value that is written.
   *
   * @param annotation the annotation
   * @param name the name of the value
   * @return the value, if it is written; it may be of another type than declared
   */
  public static Optional<AnnotationValue> value(AnnotationMirror annotation, String name) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        annotation.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(name)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /**
   * Returns whether a value is a text. javac and Eclipse give the text {@code <error>} for what
   * does not exist; only javac leaves the quotes off, so that a user's own such text can be told
   * from it.
   *
   * @param value the value
   * @return whether it is a string, and no stand-in for what is missing
   */
  public static boolean isText(AnnotationValue value) {
    return value.getValue() instanceof String text
        && (!text.equals(ERROR)
            || (value.toString().startsWith("\"")
                && !value.getClass().getName().startsWith("org.eclipse.")));
  }
}
