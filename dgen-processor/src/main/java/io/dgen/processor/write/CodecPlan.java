package io.dgen.processor.write;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.WildcardTypeName;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.EnumModel;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.model.MessageModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.ScalarTypes;
import io.dgen.processor.model.SealedModel;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.model.Shape;
import io.dgen.processor.model.ShapeGraph;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of a server's codec class: its constants and classes, and their references to each
 * other.
 */
final class CodecPlan {

  static final ClassName TERM_CODECS = ClassName.get(Generated.CODECS, "TermCodecs");

  /** The expression for something that {@link #isFixed} does not hold for. */
  static final CodeBlock FALSE = CodeBlock.of("false");

  private static final ClassName VARIANT = ClassName.get(Generated.CODECS, "Variant");

  private final Map<TypeName, RecordModel> records = new LinkedHashMap<>();
  private final Map<TypeName, EnumModel> enums;
  private final Map<TypeName, String> recordClasses = new LinkedHashMap<>();
  private final Map<TypeName, String> empty = new LinkedHashMap<>();
  private final Map<Shape, String> constants = new LinkedHashMap<>();
  private final Map<Shape, String> parts = new LinkedHashMap<>();
  private final Set<TypeName> assigns = new LinkedHashSet<>();
  private final NameAllocator names = new NameAllocator();
  private final ShapeGraph graph;

  CodecPlan(ServerModel server) {
    names.newName("SCHEMA");
    names.newName("MESSAGES");
    names.newName("STATES");
    if (!server.steps().isEmpty()) {
      names.newName("STEPS");
    }
    records.putAll(server.records());
    enums = server.enums();
    for (MessageModel message : server.messages()) {
      records.putIfAbsent(
          message.record(),
          new RecordModel(message.record(), message.components(), Optional.empty(), false));
    }
    graph = new ShapeGraph(records, server.sealed());
    addAssigns(server.state());
    // Names that are the same get another character, each time.
    int longest =
        GeneratedNames.LONGEST_FILE_NAME
            - GeneratedNames.bytes(server.generated("Codec").simpleName() + "$________.class");
    for (RecordModel record : records.values()) {
      String name = CodecNames.recordClass(record.type(), longest);
      if (record.components().isEmpty() && !isAssigns(record)) {
        empty.put(record.type(), names.newName(CodecNames.upperSnake(name)));
      } else {
        recordClasses.put(record.type(), names.newName(name));
      }
    }
    for (RecordModel record : records.values()) {
      record.components().forEach(component -> addConstants(component.shape()));
    }
    server.messages().forEach(message -> message.reply().ifPresent(this::addConstants));
    server.steps().forEach(step -> addConstants(step.result()));
  }

  /** Returns the records whose codec needs a class, in order of first use. */
  Collection<RecordModel> records() {
    return records.values().stream().filter(it -> recordClasses.containsKey(it.type())).toList();
  }

  /**
   * Returns the records without components, whose codec is a constant, with the constant's name.
   */
  Map<TypeName, String> empty() {
    return empty;
  }

  /** Returns the expression of a record's codec. */
  CodeBlock recordCodec(TypeName record) {
    String constant = empty.get(record);
    return constant == null
        ? CodeBlock.of("$L.INSTANCE", recordClass(record))
        : CodeBlock.of("$L", constant);
  }

  /** Returns the name of the class that writes a record. */
  String recordClass(TypeName record) {
    String name = recordClasses.get(record);
    if (name == null) {
      throw new IllegalArgumentException("the model does not hold the record " + record);
    }
    return name;
  }

  /** Returns the shapes that have a constant, each after those that it refers to. */
  Map<Shape, String> constants() {
    return constants;
  }

  /** Returns whether a record is the state, or stored component by component in it. */
  boolean isAssigns(RecordModel record) {
    return assigns.contains(record.type());
  }

  /** Returns the lists and maps of the state that have a constant to store them by their parts. */
  Map<Shape, String> parts() {
    return parts;
  }

  /** Returns whether a component of a record that {@link #isAssigns} is stored by its parts. */
  boolean hasParts(ComponentModel component) {
    return graph.hasParts(component);
  }

  /** Returns whether values of a shape can never change, so that there is nothing to freeze. */
  boolean isImmutable(Shape shape) {
    return graph.isImmutable(shape);
  }

  /** Returns whether a record can never change. */
  boolean isImmutable(RecordModel record) {
    return graph.isImmutable(new Shape.Record(record.type()));
  }

  /** Returns the expression that tells whether a frozen record can never change. */
  CodeBlock isFixed(RecordModel record) {
    Shape shape = new Shape.Record(record.type());
    List<Shape> maybeMutable = graph.maybeMutable(shape);
    if (graph.holdsMutable(shape)) {
      return FALSE;
    }
    return maybeMutable.isEmpty()
        ? CodeBlock.of("true")
        : maybeMutable.stream()
            .map(it -> CodeBlock.of("$L.isFixed()", codec(it)))
            .collect(CodeBlock.joining(" && "));
  }

  /** Returns the expression of the codec by which a component of the state is stored. */
  CodeBlock stateCodec(ComponentModel component) {
    return hasParts(component) ? partsCodec(component.shape()) : codec(component.shape());
  }

  private CodeBlock partsCodec(Shape shape) {
    return shape instanceof Shape.Record ? codec(shape) : CodeBlock.of("$L", parts.get(shape));
  }

  /** Returns the expression that creates the codec of a shape that is one of {@link #parts}. */
  CodeBlock makeParts(Shape shape) {
    return switch (shape) {
      case Shape.List it -> {
        TypeName item = it.element().type();
        ComponentModel id = graph.record(item).id().orElseThrow();
        yield CodeBlock.of(
            "$T.components($L, $T::$N, $L)",
            TERM_CODECS,
            partsCodec(it.element()),
            item,
            id.name(),
            codec(id.shape()));
      }
      case Shape.Map it -> {
        CodeBlock value = graph.hasParts(it.value()) ? partsCodec(it.value()) : codec(it.value());
        yield it.isEnumMap()
            ? CodeBlock.of(
                "$T.enumEntries($T.class, $L, $L)",
                TERM_CODECS,
                it.key().type(),
                codec(it.key()),
                value)
            : CodeBlock.of("$T.entries($L, $L)", TERM_CODECS, codec(it.key()), value);
      }
      default -> throw new IllegalArgumentException("no parts of " + shape);
    };
  }

  /** Returns the expression of a shape's codec. */
  CodeBlock codec(Shape shape) {
    return switch (shape) {
      case Shape.Scalar it -> CodeBlock.of("$T.$L", TERM_CODECS, ScalarTypes.codec(it.type()));
      case Shape.Record it -> recordCodec(it.type());
      default -> CodeBlock.of("$L", constants.get(shape));
    };
  }

  /** Returns the expression that creates the codec of a shape that has a constant. */
  CodeBlock make(Shape shape) {
    return switch (shape) {
      case Shape.Enum it -> makeEnum(it.type());
      case Shape.Optional it -> CodeBlock.of("$T.optional($L)", TERM_CODECS, codec(it.element()));
      case Shape.List it ->
          CodeBlock.of(
              it.isSequenced() ? "$T.sequencedCollection($L)" : "$T.list($L)",
              TERM_CODECS,
              codec(it.element()));
      case Shape.Set it when it.isEnumSet() ->
          CodeBlock.of(
              "$T.enumSet($T.class, $L)", TERM_CODECS, it.element().type(), codec(it.element()));
      case Shape.Set it ->
          CodeBlock.of(
              it.isSequenced() ? "$T.sequencedSet($L)" : "$T.set($L)",
              TERM_CODECS,
              codec(it.element()));
      case Shape.Map it when it.isEnumMap() ->
          CodeBlock.of(
              "$T.enumMap($T.class, $L, $L)",
              TERM_CODECS,
              it.key().type(),
              codec(it.key()),
              codec(it.value()));
      case Shape.Map it ->
          CodeBlock.of(
              it.isSequenced() ? "$T.sequencedMap($L, $L)" : "$T.map($L, $L)",
              TERM_CODECS,
              codec(it.key()),
              codec(it.value()));
      case Shape.Array it ->
          CodeBlock.of(
              "$T.array($L, $T[]::new)",
              TERM_CODECS,
              codec(it.element()),
              reifiable(it.type().componentType));
      case Shape.From it -> CodeBlock.of("$T.from($L)", TERM_CODECS, codec(it.reply()));
      case Shape.Custom it ->
          CodeBlock.of(
              it.isImmutable() ? "$T.customOfImmutable(new $T())" : "$T.custom(new $T())",
              TERM_CODECS,
              it.codec());
      case Shape.Sealed it -> makeSealed(graph.sealed(it.type()));
      case Shape.Scalar it -> throw new IllegalArgumentException("no constant for " + it);
      case Shape.Record it -> throw new IllegalArgumentException("no constant for " + it);
    };
  }

  /**
   * Returns the expression that creates a sealed interface's codec, with all type arguments: to
   * infer those of hundreds of variants takes javac seconds.
   */
  private CodeBlock makeSealed(SealedModel sealed) {
    CodeBlock variants =
        sealed.variants().stream()
            .map(
                it ->
                    CodeBlock.of(
                        "\nnew $T<$T>($S, $T.class, $L$L)",
                        VARIANT,
                        it.shape().type(),
                        it.name(),
                        rawType(it.shape().type()),
                        codec(it.shape()),
                        it.formerNames().stream()
                            .map(old -> CodeBlock.of(", $S", old))
                            .collect(CodeBlock.joining(""))))
            .collect(CodeBlock.joining(","));
    return CodeBlock.of(
        "$T.<$T>variants($S,$>$>$L$<$<)",
        TERM_CODECS,
        sealed.type(),
        String.join(".", rawType(sealed.type()).simpleNames()),
        variants);
  }

  private CodeBlock makeEnum(ClassName type) {
    String name = String.join(".", type.simpleNames());
    CodeBlock formerNames =
        enums.getOrDefault(type, new EnumModel(type, List.of())).constants().stream()
            .flatMap(
                constant ->
                    constant.formerNames().stream()
                        .map(
                            old ->
                                CodeBlock.of(
                                    "$T.entry($S, $T.$N)", Map.class, old, type, constant.name())))
            .collect(CodeBlock.joining(", "));
    return formerNames.isEmpty()
        ? CodeBlock.of("$T.enums($S, $T.values())", TERM_CODECS, name, type)
        : CodeBlock.of(
            "$T.enums($S, $T.values(), $T.ofEntries($L))",
            TERM_CODECS,
            name,
            type,
            Map.class,
            formerNames);
  }

  /**
   * Returns the type for an array: with wildcards in place of its arguments, since arrays of
   * parameterized types do not exist.
   */
  private static TypeName reifiable(TypeName type) {
    return switch (type) {
      case ArrayTypeName it -> ArrayTypeName.of(reifiable(it.componentType));
      case ParameterizedTypeName it ->
          ParameterizedTypeName.get(
              it.rawType,
              it.typeArguments.stream()
                  .map(argument -> WildcardTypeName.subtypeOf(Object.class))
                  .toArray(TypeName[]::new));
      default -> type;
    };
  }

  /** Returns a class without its type arguments. */
  static ClassName rawType(TypeName type) {
    return switch (type) {
      case ClassName it -> it;
      case ParameterizedTypeName it -> it.rawType;
      default -> throw new IllegalArgumentException("no class: " + type);
    };
  }

  private void addAssigns(TypeName record) {
    if (assigns.add(record)) {
      for (ComponentModel component : graph.record(record).components()) {
        if (hasParts(component)) {
          addParts(component.shape());
        }
      }
    }
  }

  /** Adds a shape, after those that it refers to. */
  private void addParts(Shape shape) {
    if (shape instanceof Shape.Record) {
      addAssigns(shape.type());
      return;
    }
    ShapeGraph.arguments(shape).stream().filter(graph::hasParts).forEach(this::addParts);
    if (!parts.containsKey(shape)) {
      parts.put(shape, names.newName(CodecNames.partsConstant(shape)));
    }
  }

  /** Adds a shape, after those that it refers to; the content of a record is handled later. */
  private void addConstants(Shape shape) {
    if (constants.containsKey(shape)
        || shape instanceof Shape.Scalar
        || shape instanceof Shape.Record) {
      return;
    }
    if (shape instanceof Shape.From it) {
      addConstants(it.reply());
    }
    if (shape instanceof Shape.Sealed) {
      graph.sealed(shape.type()).variants().forEach(it -> addConstants(it.shape()));
    }
    ShapeGraph.arguments(shape).forEach(this::addConstants);
    constants.put(shape, names.newName(CodecNames.constant(shape)));
  }
}
