package io.dgen.processor.validate;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.Declarations;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.EnumModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.ScalarTypes;
import io.dgen.processor.model.SealedModel;
import io.dgen.processor.model.Shape;
import io.dgen.processor.model.ShapeGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Rules about types with codecs. Finds the shape of each component, in records and generics. */
final class ShapeRules {

  /** How often the arguments of nested records may grow before they are considered endless. */
  private static final int MAX_GROWTH = 5;

  private static final String REPLY = "the reply of ";
  private static final String RESULT = "the result of ";

  private final Types types;
  private final Visibility visibility;
  private final Unresolved unresolved;
  private final ValidationReport report;
  private final TypeHints hints;
  private final TypeArguments arguments;
  private final SealedRules sealedRules;
  private final RenameRules renames;
  private final CodecAnnotations annotations;
  private final UseCodecRules codecs;
  private final Map<TypeName, RecordModel> records = new LinkedHashMap<>();
  private final Map<TypeName, SealedModel> sealed = new LinkedHashMap<>();
  private final Map<TypeName, Optional<Shape>> custom = new HashMap<>();
  private final Map<RecordComponentElement, Optional<ComponentModel>> fixed = new HashMap<>();

  private final Map<TypeName, EnumModel> enums = new LinkedHashMap<>();

  /** The records and the sealed interfaces that are being described, the innermost record first. */
  private final Deque<DeclaredType> open = new ArrayDeque<>();

  /** The records with too many components, each of which is reported once. */
  private final Set<TypeElement> tooLarge = new HashSet<>();

  private final Set<TypeName> openSealed = new HashSet<>();

  ShapeRules(
      DgenTypes types, Visibility visibility, Unresolved unresolved, ValidationReport report) {
    this.types = types.types();
    this.visibility = visibility;
    this.unresolved = unresolved;
    this.report = report;
    this.hints = new TypeHints(types);
    this.arguments = new TypeArguments(types.types());
    this.sealedRules = new SealedRules(arguments, unresolved);
    this.renames = new RenameRules(unresolved, report);
    this.annotations =
        new CodecAnnotations(
            report, new DefaultRules(types, visibility, unresolved, report, enums), records);
    this.codecs = new UseCodecRules(types, visibility, unresolved, report);
  }

  /** Returns every record that was reached, by type, in the order of its first use. */
  Map<TypeName, RecordModel> records() {
    return Collections.unmodifiableMap(records);
  }

  /** Returns every sealed interface that was reached, by type, in the order of its first use. */
  Map<TypeName, SealedModel> sealed() {
    return Collections.unmodifiableMap(sealed);
  }

  /** Returns every enum that was reached, by type, in the order of its first use. */
  Map<TypeName, EnumModel> enums() {
    return Collections.unmodifiableMap(enums);
  }

  /** Returns the components of a record that have a codec, with errors at an element. */
  List<ComponentModel> componentsOf(TypeElement record, Element at) {
    String path = record.getSimpleName().toString();
    if (!isVisible(record, at, path)) {
      return List.of();
    }
    return describe((DeclaredType) record.asType(), at, path);
  }

  /** Returns the components of a message, of which nothing is stored by its parts. */
  List<ComponentModel> componentsOfMessage(TypeElement record) {
    boolean isKnown = records.containsKey(ClassName.get(record));
    if (!isKnown) {
      annotations.checkMessage(record);
    }
    return componentsOf(record, record);
  }

  /** Checks the annotations on the interface too. */
  void checkServer(TypeElement server) {
    annotations.checkServer(server);
  }

  /** Returns the components of the state. */
  List<ComponentModel> componentsOfState(TypeElement record) {
    annotations.checkState(record);
    return componentsOf(record, record);
  }

  /** Returns the shape of the reply of {@code Call<R>}, with errors at an element. */
  Optional<Shape> replyOf(TypeElement message, TypeMirror reply, Element at) {
    return replyShape(reply, at, REPLY + message.getSimpleName());
  }

  /** Returns the shape of the result of {@code Step<R>}, reported at the record. */
  Optional<Shape> resultOf(TypeElement step, TypeMirror result) {
    return replyShape(result, step, RESULT + step.getSimpleName());
  }

  private Optional<Shape> replyShape(TypeMirror reply, Element at, String path) {
    return isNamed(reply, "java.lang.Void")
        ? Optional.of(new Shape.Scalar(TypeName.get(reply)))
        : shapeOf(reply, at, path);
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
      case ARRAY -> arrayShape((ArrayType) type, at, path);
      case DECLARED -> declaredShape((DeclaredType) type, at, path);
      case VOID -> {
        unresolved.note(path); // No compiler accepts a component of that type.
        yield Optional.empty();
      }
      default -> noCodec(type, at, path, hints.of(type, isReply(path)));
    };
  }

  private Optional<Shape> arrayShape(ArrayType type, Element at, String path) {
    TypeName name = TypeName.get(type);
    return ScalarTypes.contains(name)
        ? Optional.of(new Shape.Scalar(name))
        : shapeOf(type.getComponentType(), at, path + "<element>")
            .map(element -> new Shape.Array((ArrayTypeName) name, element));
  }

  private Optional<Shape> declaredShape(DeclaredType type, Element at, String path) {
    TypeElement element = (TypeElement) type.asElement();
    if (UseCodecRules.isOn(element)) {
      return customShape(type, element, at, path);
    }
    if (ScalarTypes.contains(TypeName.get(type))) {
      return Optional.of(new Shape.Scalar(TypeName.get(type)));
    }
    if (type.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty()) {
      return noCodec(type, at, path, "give it its type arguments");
    }
    return switch (element.getQualifiedName().toString()) {
      case "java.util.Optional" ->
          argument(type, 0, at, path + "<value>")
              .map(it -> new Shape.Optional(TypeName.get(type), it));
      case "java.util.List", "java.util.SequencedCollection" ->
          argument(type, 0, at, path + "<element>")
              .map(it -> new Shape.List(TypeName.get(type), it));
      case "java.util.Set", "java.util.SequencedSet", "java.util.EnumSet" ->
          key(type, at, path + "<element>").map(it -> new Shape.Set(TypeName.get(type), it));
      case "java.util.Map", "java.util.SequencedMap", "java.util.EnumMap" ->
          mapShape(type, at, path);
      case "io.dgen.From" ->
          replyShape(type.getTypeArguments().getFirst(), at, path + "<reply>")
              .map(it -> new Shape.From(TypeName.get(type), it));
      default -> namedShape(type, element, at, path);
    };
  }

  /**
   * Returns the shape of a type with a codec; its errors are reported once, at the type if
   * possible.
   */
  private Optional<Shape> customShape(
      DeclaredType type, TypeElement element, Element at, String path) {
    TypeName name = TypeName.get(type);
    if (!custom.containsKey(name)) {
      boolean isHere = report.covers(element);
      custom.put(
          name,
          isVisible(element, at, path)
              ? codecs.shapeOf(
                  element,
                  type,
                  isHere ? element : at,
                  isHere ? element.getSimpleName().toString() : path)
              : Optional.empty());
    }
    return custom.getOrDefault(name, Optional.empty());
  }

  private Optional<Shape> mapShape(DeclaredType type, Element at, String path) {
    Optional<Shape> key = key(type, at, path + "<key>");
    Optional<Shape> value = argument(type, 1, at, path + "<value>");
    return key.flatMap(k -> value.map(v -> new Shape.Map(TypeName.get(type), k, v)));
  }

  private Optional<Shape> argument(DeclaredType type, int index, Element at, String path) {
    return shapeOf(type.getTypeArguments().get(index), at, path);
  }

  private Optional<Shape> key(DeclaredType type, Element at, String path) {
    Optional<Shape> shape = argument(type, 0, at, path);
    if (shape.filter(ShapeRules::hasArray).isPresent()) {
      return noCodec(
          type.getTypeArguments().getFirst(),
          at,
          path,
          "two equal arrays are two keys; use a String or a record");
    }
    return shape;
  }

  /** Returns whether the values are compared like arrays, not counting those in records. */
  private static boolean hasArray(Shape shape) {
    return shape.type() instanceof ArrayTypeName
        || ShapeGraph.arguments(shape).stream().anyMatch(ShapeRules::hasArray);
  }

  /** Returns the shape of an enum, a record or a sealed interface of them. */
  private Optional<Shape> namedShape(
      DeclaredType type, TypeElement element, Element at, String path) {
    boolean isSealed = SealedRules.isSealedInterface(element);
    if (!isSealed
        && element.getKind() != ElementKind.ENUM
        && element.getKind() != ElementKind.RECORD) {
      return noCodec(type, at, path, hints.of(type, isReply(path)));
    }
    if (!isVisible(element, at, path) || !areArgumentsKnown(type, at, path)) {
      return Optional.empty();
    }
    if (element.getKind() == ElementKind.ENUM) {
      return Optional.of(enumShape(element, at));
    }
    if (isEndless(type)) {
      report.error(at, Message.ENDLESS_TYPE, path, element.getSimpleName(), Display.simple(type));
      return Optional.empty();
    }
    if (isSealed) {
      return sealedShape(type, at, path);
    }
    describe(type, at, path);
    return Optional.of(new Shape.Record(TypeName.get(type)));
  }

  /** Returns whether generated code can write the type with its arguments. */
  private boolean areArgumentsKnown(DeclaredType type, Element at, String path) {
    boolean areKnown = true;
    for (int i = 0; i < type.getTypeArguments().size(); i++) {
      Element parameter = ((TypeElement) type.asElement()).getTypeParameters().get(i);
      areKnown &= isKnown(type.getTypeArguments().get(i), at, path + "<" + parameter + ">");
    }
    return areKnown;
  }

  private boolean isKnown(TypeMirror argument, Element at, String path) {
    return switch (argument.getKind()) {
      case WILDCARD, TYPEVAR ->
          noCodec(argument, at, path, hints.of(argument, isReply(path))).isPresent();
      case ARRAY -> isKnown(((ArrayType) argument).getComponentType(), at, path);
      case DECLARED ->
          isVisible((TypeElement) ((DeclaredType) argument).asElement(), at, path)
              && areArgumentsKnown((DeclaredType) argument, at, path);
      default -> true;
    };
  }

  /**
   * Returns whether a record contains itself with ever larger arguments, as {@code Tree<T>} does
   * that has a {@code Tree<List<T>>}.
   */
  private boolean isEndless(DeclaredType type) {
    int grown = 0;
    int size = TypeArguments.size(type);
    for (DeclaredType around : open) {
      if (around.asElement().equals(type.asElement()) && TypeArguments.size(around) < size) {
        size = TypeArguments.size(around);
        grown++;
      }
    }
    return grown > MAX_GROWTH;
  }

  private Optional<Shape> sealedShape(DeclaredType type, Element at, String path) {
    TypeName name = TypeName.get(type);
    Shape shape = new Shape.Sealed(name);
    if (sealed.containsKey(name) || !openSealed.add(name)) {
      return Optional.of(shape);
    }
    Map<String, DeclaredType> declared = sealedRules.variants(type);
    Map<Element, List<String>> formerNames =
        renames.check("", declared.values().stream().map(DeclaredType::asElement).toList(), at);
    List<SealedModel.Variant> variants = new ArrayList<>();
    declared.forEach(
        (variant, it) ->
            variantShape(it, at, path + "<" + variant + ">")
                .ifPresent(
                    found ->
                        variants.add(
                            new SealedModel.Variant(
                                variant,
                                formerNames.getOrDefault(it.asElement(), List.of()),
                                found))));
    openSealed.remove(name);
    if (declared.isEmpty()) {
      // Without permitted types the compiler reports it; with some, it is generic.
      if (((TypeElement) type.asElement()).getPermittedSubclasses().isEmpty()) {
        unresolved.note(type.toString());
      } else if (unresolved.isEmpty()) {
        noCodec(type, at, path, "none of its permitted types can be one; give it other arguments");
      }
    }
    sealed.put(name, new SealedModel(name, List.copyOf(variants)));
    return Optional.of(shape);
  }

  private Shape enumShape(TypeElement element, Element at) {
    ClassName type = ClassName.get(element);
    if (!enums.containsKey(type)) {
      List<Element> constants =
          element.getEnclosedElements().stream()
              .filter(it -> it.getKind() == ElementKind.ENUM_CONSTANT)
              .<Element>map(it -> it)
              .toList();
      Map<Element, List<String>> formerNames =
          renames.check(element.getSimpleName() + ".", constants, at);
      enums.put(
          type,
          new EnumModel(
              type,
              constants.stream()
                  .map(
                      it ->
                          new EnumModel.Constant(
                              it.getSimpleName().toString(),
                              formerNames.getOrDefault(it, List.of())))
                  .toList()));
    }
    return new Shape.Enum(type);
  }

  /** Checks that a class with a codec has no subclasses, since values are recognised by class. */
  private Optional<Shape> variantShape(DeclaredType type, Element at, String path) {
    boolean isOpen =
        type.asElement().getKind() == ElementKind.CLASS
            && !type.asElement().getModifiers().contains(Modifier.FINAL);
    return isOpen ? noCodec(type, at, path, "make it a record") : declaredShape(type, at, path);
  }

  /**
   * Returns the components of a record; its errors are reported once, where it is first reached.
   */
  private List<ComponentModel> describe(DeclaredType record, Element at, String path) {
    TypeName type = TypeName.get(record);
    RecordModel known = records.get(type);
    if (known != null) {
      return known.components();
    }
    if (open.stream().anyMatch(around -> TypeName.get(around).equals(type))) {
      return List.of(); // It contains itself, and is being described.
    }
    open.push(record);
    TypeElement element = (TypeElement) record.asElement();
    if (!Components.areLegal(element, types) || Declarations.areWrong(element)) {
      unresolved.note(element.toString());
    }
    if (!Components.areFew(element.getRecordComponents()) && tooLarge.add(element)) {
      report.error(
          report.covers(element) ? element : at,
          Message.RECORD_SIZE,
          element.getSimpleName(),
          Components.words(element.getRecordComponents()));
    }
    Map<RecordComponentElement, List<String>> formerNames =
        renames.check(path + ".", element.getRecordComponents(), at);
    List<ComponentModel> components = new ArrayList<>();
    for (RecordComponentElement component : element.getRecordComponents()) {
      component(
              record,
              component,
              formerNames.getOrDefault(component, List.of()),
              at,
              path + "." + component.getSimpleName())
          .ifPresent(components::add);
    }
    open.pop();
    RecordModel model =
        new RecordModel(
            type,
            List.copyOf(components),
            annotations.id(element, components, at, path),
            CodecAnnotations.has(element, CodecAnnotations.TERM));
    records.put(type, model);
    return model.components();
  }

  /** Returns a component; one that does not depend on the record's arguments is checked once. */
  private Optional<ComponentModel> component(
      DeclaredType record,
      RecordComponentElement component,
      List<String> formerNames,
      Element at,
      String path) {
    if (TypeArguments.hasVariable(component.asType())) {
      return componentShape(component, arguments.componentType(record, component), at, path)
          .map(
              shape ->
                  annotations.component(
                      (TypeElement) record.asElement(), component, shape, formerNames, at, path));
    }
    if (!fixed.containsKey(component)) {
      Element position = report.covers(component) ? component : at;
      fixed.put(
          component,
          componentShape(component, component.asType(), position, path)
              .map(
                  shape ->
                      annotations.component(
                          (TypeElement) record.asElement(),
                          component,
                          shape,
                          formerNames,
                          position,
                          path)));
    }
    return fixed.getOrDefault(component, Optional.empty());
  }

  private Optional<Shape> componentShape(
      RecordComponentElement component, TypeMirror type, Element at, String path) {
    if (!UseCodecRules.isOn(component)) {
      return shapeOf(type, at, path);
    }
    return !unresolved.check(type) && isKnown(type, at, path)
        ? codecs.shapeOf(component, type, at, path)
        : Optional.empty();
  }

  private Optional<Shape> noCodec(TypeMirror type, Element at, String path, String todo) {
    report.error(at, Message.NO_CODEC, path, Display.qualified(type), todo);
    return Optional.empty();
  }

  private static boolean isReply(String path) {
    return path.startsWith(REPLY) || path.startsWith(RESULT);
  }

  private static boolean isNamed(TypeMirror type, String name) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement()).getQualifiedName().contentEquals(name);
  }
}
