package io.dgen.processor.validate;

import io.dgen.processor.extract.Annotations;
import io.dgen.processor.extract.HostCompiler;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** The errors of one server. Rules fill it, the processor prints it once. Not thread-safe. */
public final class ValidationReport {

  private record Item(
      Element element,
      @Nullable AnnotationMirror annotation,
      @Nullable AnnotationValue value,
      String text) {}

  private final TypeElement subject;
  private final Set<Item> items = new LinkedHashSet<>();
  private boolean isWrongElsewhere;

  /**
   * Makes an empty report.
   *
   * @param subject the interface; an error outside it is printed at it
   */
  public ValidationReport(TypeElement subject) {
    this.subject = subject;
  }

  /**
   * Adds an error at an element.
   *
   * @param element the narrowest element that is wrong
   * @param message the error
   * @param arguments what its format needs
   */
  public void error(Element element, Message message, Object... arguments) {
    items.add(new Item(positionOf(element), null, null, message.text(arguments)));
  }

  /**
   * Adds an error at a value of the server's annotation.
   *
   * @param annotation the annotation
   * @param value the value that is wrong
   * @param message the error
   * @param arguments what its format needs
   */
  void error(
      AnnotationMirror annotation, AnnotationValue value, Message message, Object... arguments) {
    items.add(new Item(subject, annotation, value, message.text(arguments)));
  }

  /**
   * Adds an error at an annotation.
   *
   * @param element the element that is annotated
   * @param annotation the annotation's qualified name
   * @param elsewhere where the error is shown if the element is outside the interface
   * @param message the error
   * @param arguments what its format needs
   */
  void errorAt(
      Element element, String annotation, Element elsewhere, Message message, Object... arguments) {
    items.add(
        covers(element)
            ? new Item(
                element,
                Annotations.find(element, annotation).orElse(null),
                null,
                message.text(arguments))
            : new Item(positionOf(elsewhere), null, null, message.text(arguments)));
  }

  /**
   * Adds an error at a value of an annotation.
   *
   * @param element the element that is annotated
   * @param written the value that is wrong
   * @param message the error
   * @param arguments what its format needs
   */
  void error(Element element, Written written, Message message, Object... arguments) {
    items.add(
        covers(element)
            ? new Item(element, written.annotation(), written.value(), message.text(arguments))
            : new Item(subject, null, null, message.text(arguments)));
  }

  /**
   * Returns whether an element is part of the interface, so that an error can be shown at it.
   *
   * @param element an element
   * @return whether the interface is, or encloses, the element
   */
  public boolean covers(Element element) {
    for (@Nullable Element at = element; at != null; at = at.getEnclosingElement()) {
      if (at.equals(subject)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether a message is among the errors.
   *
   * @param message a message
   * @return whether something is wrong in that way
   */
  public boolean says(Message message) {
    String start = "[dgen:" + message.code() + "]";
    return items.stream().anyMatch(it -> it.text().startsWith(start));
  }

  /** Notes that something is wrong that is the error of another server. */
  void addElsewhere() {
    isWrongElsewhere = true;
  }

  /**
   * Returns whether nothing is wrong.
   *
   * @return whether there is no error, here or in another server that this one needs
   */
  public boolean isClean() {
    return items.isEmpty() && !isWrongElsewhere;
  }

  /**
   * Prints every error, in the order in which they were found.
   *
   * @param environment the compiler
   */
  public void print(ProcessingEnvironment environment) {
    Positions positions = new Positions(environment);
    for (Item item : items) {
      Element at = positions.shown(item.element());
      try {
        environment
            .getMessager()
            .printMessage(Diagnostic.Kind.ERROR, item.text(), at, item.annotation(), item.value());
      } catch (NullPointerException broken) {
        if (!HostCompiler.isEclipse(environment)) {
          throw broken;
        }
        // Eclipse cannot find an annotation beside one that has an empty array.
        environment.getMessager().printMessage(Diagnostic.Kind.ERROR, item.text(), at);
      }
    }
  }

  private Element positionOf(Element element) {
    return covers(element) ? element : subject;
  }
}
