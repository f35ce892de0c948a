package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Which types have a codec. Finds the shape of each component, through records and generics. */
final class ShapeRules {

  private static final String SUPPORTED =
      "use a primitive or its box, String, byte[], an enum, UUID, Instant, Duration, BigDecimal, or"
          + " an Optional, List, Set, Map or record of them";

  private static final Set<String> SCALARS =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Short",
          "java.lang.String",
          "java.math.BigDecimal",
          "java.time.Duration",
          "java.time.Instant",
          "java.util.UUID");

  private final Visibility visibility;
  private final Unresolved unresolved;
  private final ValidationReport report;
  private final Map<TypeName, RecordModel> records = new LinkedHashMap<>();
  private final CodecAnnotations annotations;
  private final Deque<TypeElement> open = new ArrayDeque<>();

  ShapeRules(Visibility visibility, Unresolved unresolved, ValidationReport report) {
    this.visibility = visibility;
    this.unresolved = unresolved;
    this.report = report;
    this.annotations = new CodecAnnotations(report, records);
  }

  /** Every record that was reached, by type, in the order of its first use. */
  Map<TypeName, RecordModel> records() {
    return Collections.unmodifiableMap(records);
  }

  /** The components of a record that have a codec. */
  private List<ComponentModel> componentsOf(TypeElement record) {
    String path = record.getSimpleName().toString();
    if (!isVisible(record, record, path)) {
      return List.of();
    }
    return describe(record, record, path);
  }

  /** The components of a message, of which nothing is stored by its parts. */
  List<ComponentModel> componentsOfMessage(TypeElement record) {
    boolean isKnown = records.containsKey(ClassName.get(record));
    if (!isKnown) {
      annotations.checkMessage(record);
    }
    return componentsOf(record);
  }

  /** The components of the state. */
  List<ComponentModel> componentsOfState(TypeElement record) {
    annotations.checkState(record);
    return componentsOf(record);
  }

  /** The shape of the reply of {@code Call<R>}, reported at the record. */
  Optional<Shape> replyOf(TypeElement message, TypeMirror reply) {
    if (isNamed(reply, "java.lang.Void")) {
      return Optional.of(new Shape.Scalar(TypeName.get(reply)));
    }
    return shapeOf(reply, message, "the reply of " + message.getSimpleName());
  }

  private boolean isVisible(TypeElement type, Element at, String path) {
    Optional<Element> hidden = visibility.hiddenBy(type);
    hidden.ifPresent(
        it ->
            report.error(at, Message.INACCESSIBLE, path, type.getSimpleName(), it.getSimpleName()));
    return hidden.isEmpty();
  }

  private Optional<Shape> shapeOf(TypeMirror type, Element at, String path) {
    if (unresolved.check(type)) {
      return Optional.empty();
    }
    return switch (type.getKind()) {
      case BOOLEAN, BYTE, SHORT, INT, LONG, CHAR, FLOAT, DOUBLE ->
          Optional.of(new Shape.Scalar(TypeName.get(type)));
      case ARRAY ->
          ((ArrayType) type).getComponentType().getKind() == TypeKind.BYTE
              ? Optional.of(new Shape.Scalar(TypeName.get(type)))
              : noCodec(type, at, path, SUPPORTED);
      case DECLARED -> declaredShape((DeclaredType) type, at, path);
      default -> noCodec(type, at, path, SUPPORTED);
    };
  }

  private Optional<Shape> declaredShape(DeclaredType type, Element at, String path) {
    TypeElement element = (TypeElement) type.asElement();
    String name = element.getQualifiedName().toString();
    if (SCALARS.contains(name)) {
      return Optional.of(new Shape.Scalar(TypeName.get(type)));
    }
    if (type.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty()) {
      return noCodec(type, at, path, "give it its type arguments");
    }
    return switch (name) {
      case "java.util.Optional" ->
          element(type, 0, at, path + "[value]")
              .map(it -> new Shape.Optional(TypeName.get(type), it));
      case "java.util.List" ->
          element(type, 0, at, path + "[element]")
              .map(it -> new Shape.List(TypeName.get(type), it));
      case "java.util.Set" ->
          key(type, at, path + "[element]").map(it -> new Shape.Set(TypeName.get(type), it));
      case "java.util.Map" -> mapShape(type, at, path);
      default -> namedShape(type, element, at, path);
    };
  }

  private Optional<Shape> mapShape(DeclaredType type, Element at, String path) {
    Optional<Shape> key = key(type, at, path + "[key]");
    Optional<Shape> value = element(type, 1, at, path + "[value]");
    return key.flatMap(k -> value.map(v -> new Shape.Map(TypeName.get(type), k, v)));
  }

  private Optional<Shape> element(DeclaredType type, int argument, Element at, String path) {
    return shapeOf(type.getTypeArguments().get(argument), at, path);
  }

  private Optional<Shape> key(DeclaredType type, Element at, String path) {
    TypeMirror key = type.getTypeArguments().getFirst();
    if (key.getKind() == TypeKind.ARRAY) {
      return noCodec(key, at, path, "two equal arrays are two keys; use a String or a record");
    }
    return shapeOf(key, at, path);
  }

  private Optional<Shape> namedShape(
      DeclaredType type, TypeElement element, Element at, String path) {
    if (element.getKind() != ElementKind.ENUM && element.getKind() != ElementKind.RECORD) {
      return noCodec(type, at, path, SUPPORTED);
    }
    if (!type.getTypeArguments().isEmpty()) {
      return noCodec(type, at, path, "use a record without type parameters");
    }
    if (!isVisible(element, at, path)) {
      return Optional.empty();
    }
    if (element.getKind() == ElementKind.ENUM) {
      return Optional.of(new Shape.Enum(ClassName.get(element)));
    }
    if (open.contains(element)) {
      report.error(at, Message.RECURSIVE, path, element.getSimpleName());
      return Optional.empty();
    }
    describe(element, at, path);
    return Optional.of(new Shape.Record(TypeName.get(type)));
  }

  /** What is wrong in a record is said once, where the record is first reached. */
  private List<ComponentModel> describe(TypeElement record, Element at, String path) {
    TypeName type = ClassName.get(record);
    RecordModel known = records.get(type);
    if (known != null) {
      return known.components();
    }
    open.push(record);
    List<ComponentModel> components = new ArrayList<>();
    for (RecordComponentElement component : record.getRecordComponents()) {
      String name = component.getSimpleName().toString();
      Element position = report.covers(component) ? component : at;
      shapeOf(component.asType(), position, path + "." + name)
          .ifPresent(
              shape ->
                  components.add(
                      annotations.component(
                          record, component, shape, position, path + "." + name)));
    }
    open.pop();
    RecordModel model =
        new RecordModel(
            type,
            List.copyOf(components),
            annotations.id(record, components, at, path),
            CodecAnnotations.has(record, CodecAnnotations.TERM));
    records.put(type, model);
    return model.components();
  }

  private Optional<Shape> noCodec(TypeMirror type, Element at, String path, String todo) {
    report.error(at, Message.NO_CODEC, path, Display.qualified(type), todo);
    return Optional.empty();
  }

  private static boolean isNamed(TypeMirror type, String name) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement()).getQualifiedName().contentEquals(name);
  }
}
