package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.Annotations;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.lang.model.element.Element;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;

/** Rules about {@code @Id} and {@code @Term} on records and components, and where they may be. */
final class CodecAnnotations {

  static final String ID = "io.dgen.annotations.Id";
  static final String TERM = "io.dgen.annotations.Term";

  private static final Set<TypeName> IDS =
      Set.of(
          TypeName.INT,
          TypeName.INT.box(),
          TypeName.LONG,
          TypeName.LONG.box(),
          ClassName.get(String.class),
          ClassName.get(UUID.class));

  private final ValidationReport report;
  private final DefaultRules defaults;
  private final Map<TypeName, RecordModel> records;
  private final Set<Element> messages = new HashSet<>();
  private final Set<Element> states = new HashSet<>();

  /**
   * Makes the rules.
   *
   * @param defaults the rules of {@code @Default}
   * @param records every record that was reached, as it grows
   */
  CodecAnnotations(
      ValidationReport report, DefaultRules defaults, Map<TypeName, RecordModel> records) {
    this.report = report;
    this.defaults = defaults;
    this.records = records;
  }

  static boolean has(Element element, String annotation) {
    return Annotations.find(element, annotation).isPresent();
  }

  /** Checks a message, which is one term and not an item of a list in the state. */
  void checkMessage(TypeElement record) {
    messages.add(record);
    String name = record.getSimpleName().toString();
    checkTerm(record, "a message record");
    checkCodec(record, "a message record, whose components each have a codec");
    for (RecordComponentElement component : record.getRecordComponents()) {
      String path = name + "." + component.getSimpleName();
      if (has(component, ID)) {
        report.errorAt(component, ID, component, Message.USELESS_ID, path, "message record", name);
      }
      if (has(component, TERM)) {
        report.errorAt(
            component,
            TERM,
            component,
            Message.USELESS_TERM,
            path,
            "a component of a message record");
      }
    }
  }

  /** Checks the state, which is not an item of a list. */
  void checkState(TypeElement record) {
    states.add(record);
    checkCodec(record, "the state, whose components each have a codec");
    checkTerm(record, "the state");
    String name = record.getSimpleName().toString();
    for (RecordComponentElement component : record.getRecordComponents()) {
      if (has(component, ID)) {
        String path = name + "." + component.getSimpleName();
        report.errorAt(component, ID, component, Message.USELESS_ID, path, "state", name);
      }
    }
  }

  /** Checks the interface, which is not stored itself. */
  void checkServer(TypeElement server) {
    checkCodec(server, "a server, which is not stored");
    checkTerm(server, "a server, which is not stored");
  }

  private void checkTerm(TypeElement type, String what) {
    if (has(type, TERM)) {
      report.errorAt(type, TERM, type, Message.USELESS_TERM, type.getSimpleName(), what);
    }
  }

  private void checkCodec(TypeElement record, String what) {
    if (UseCodecRules.isOn(record)) {
      report.errorAt(
          record,
          UseCodecRules.USE_CODEC,
          record,
          Message.USELESS_CODEC,
          record.getSimpleName(),
          what);
    }
  }

  /** Returns the component with its annotations. On a type variable, {@code @Term} is allowed. */
  ComponentModel component(
      TypeElement record,
      RecordComponentElement component,
      Shape shape,
      List<String> formerNames,
      Element position,
      String path) {
    boolean isTerm = has(component, TERM);
    boolean isFixed = !TypeArguments.hasVariable(component.asType());
    if (isTerm && isFixed && !messages.contains(record) && !hasParts(shape)) {
      report.errorAt(
          component,
          TERM,
          position,
          Message.USELESS_TERM,
          path,
          Display.qualified(component.asType()));
    }
    if (has(component, ID) && isItem(record) && !isId(shape)) {
      report.errorAt(
          component, ID, position, Message.ID_TYPE, path, Display.qualified(component.asType()));
    }
    return new ComponentModel(
        component.getSimpleName().toString(),
        shape,
        isTerm,
        formerNames,
        defaults.of(record, component, shape, position, path));
  }

  /**
   * Returns the component that is the id of a record: the marked one, else the one of that name.
   */
  Optional<ComponentModel> id(
      TypeElement record, List<ComponentModel> components, Element at, String path) {
    List<? extends RecordComponentElement> marked =
        record.getRecordComponents().stream().filter(it -> has(it, ID)).toList();
    if (marked.size() > 1 && isItem(record)) {
      RecordComponentElement second = marked.get(1);
      report.errorAt(
          second,
          ID,
          at,
          Message.TWO_IDS,
          path,
          marked.getFirst().getSimpleName(),
          second.getSimpleName());
    }
    String name = marked.isEmpty() ? "id" : marked.getFirst().getSimpleName().toString();
    return components.stream().filter(it -> it.name().equals(name) && isId(it.shape())).findFirst();
  }

  /** Returns whether each {@code @Id} in the record is without an error so far. */
  private boolean isItem(Element record) {
    return !messages.contains(record) && !states.contains(record);
  }

  private static boolean isId(Shape shape) {
    return shape instanceof Shape.Enum
        || (shape instanceof Shape.Scalar && IDS.contains(shape.type()));
  }

  private boolean hasParts(Shape shape) {
    return switch (shape) {
      case Shape.Record ignored -> !isTerm(shape);
      case Shape.List list -> {
        RecordModel item = records.get(list.element().type());
        yield item != null && !list.isSequenced() && item.id().isPresent() && !item.isTerm();
      }
      case Shape.Map map -> map.hasNamedEntries();
      default -> false;
    };
  }

  private boolean isTerm(Shape record) {
    RecordModel model = records.get(record.type());
    return model != null && model.isTerm();
  }
}
