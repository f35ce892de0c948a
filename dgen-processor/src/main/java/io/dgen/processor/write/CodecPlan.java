package io.dgen.processor.write;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.MessageModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.model.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the codec class of a server is made of: its names, and what is known of each shape. */
final class CodecPlan {

  static final ClassName TERM_CODECS = ClassName.get("io.dgen.codec", "TermCodecs");

  private static final Map<TypeName, String> SCALARS =
      Map.ofEntries(
          Map.entry(TypeName.BOOLEAN.box(), "BOOLEAN"),
          Map.entry(TypeName.BYTE.box(), "BYTE"),
          Map.entry(TypeName.SHORT.box(), "SHORT"),
          Map.entry(TypeName.INT.box(), "INT"),
          Map.entry(TypeName.LONG.box(), "LONG"),
          Map.entry(TypeName.CHAR.box(), "CHAR"),
          Map.entry(TypeName.FLOAT.box(), "FLOAT"),
          Map.entry(TypeName.DOUBLE.box(), "DOUBLE"),
          Map.entry(ClassName.get(String.class), "STRING"),
          Map.entry(ArrayTypeName.of(TypeName.BYTE), "BYTES"),
          Map.entry(ClassName.get(BigInteger.class), "BIG_INTEGER"),
          Map.entry(ClassName.get(BigDecimal.class), "BIG_DECIMAL"),
          Map.entry(ClassName.get(UUID.class), "UUID"),
          Map.entry(ClassName.get(Instant.class), "INSTANT"),
          Map.entry(ClassName.get(Duration.class), "DURATION"),
          Map.entry(ClassName.get(Void.class), "NOTHING"));

  private final Map<TypeName, RecordModel> records = new LinkedHashMap<>();
  private final Map<TypeName, String> recordClasses = new LinkedHashMap<>();
  private final Map<Shape, String> constants = new LinkedHashMap<>();
  private final Map<Shape, String> parts = new LinkedHashMap<>();
  private final Set<TypeName> assigns = new LinkedHashSet<>();
  private final NameAllocator names = new NameAllocator();

  CodecPlan(ServerModel server) {
    names.newName("MESSAGES");
    names.newName("STATES");
    names.newName("Messages");
    records.putAll(server.records());
    for (MessageModel message : server.messages()) {
      records.putIfAbsent(
          message.record(),
          new RecordModel(message.record(), message.components(), Optional.empty(), false));
    }
    for (RecordModel record : records.values()) {
      recordClasses.put(
          record.type(), names.newName(simpleName(record.type()).replace("_", "") + "Record"));
    }
    for (RecordModel record : records.values()) {
      record.components().forEach(component -> addConstants(component.shape()));
    }
    server.messages().forEach(message -> message.reply().ifPresent(this::addConstants));
    addAssigns(server.state());
  }

  /** The records that need a codec, in order of first use. */
  Collection<RecordModel> records() {
    return records.values();
  }

  /** The name of the class that writes a record. */
  String recordClass(TypeName record) {
    return known(record, recordClasses.get(record));
  }

  /** The shapes that have a constant, each after those that it is made of. */
  Map<Shape, String> constants() {
    return constants;
  }

  /** Whether a record is the state, or stored component by component in it. */
  boolean isAssigns(RecordModel record) {
    return assigns.contains(record.type());
  }

  /** The lists and maps of the state that have a constant to store them by their parts. */
  Map<Shape, String> parts() {
    return parts;
  }

  /** Whether a component of a record that {@link #isAssigns} is stored by its parts. */
  boolean hasParts(ComponentModel component) {
    return !component.isTerm() && hasParts(component.shape());
  }

  private boolean hasParts(Shape shape) {
    return switch (shape) {
      case Shape.Record record ->
          !known(record.type(), records.get(record.type())).isTerm() && !isRecursive(record.type());
      case Shape.List list ->
          list.element() instanceof Shape.Record record
              && known(record.type(), records.get(record.type())).id().isPresent()
              && hasParts(record);
      case Shape.Map map -> map.hasNamedEntries();
      default -> false;
    };
  }

  /** The expression that gives the codec by which a component of the state is stored. */
  CodeBlock stateCodec(ComponentModel component) {
    return hasParts(component) ? partsCodec(component.shape()) : codec(component.shape());
  }

  private CodeBlock partsCodec(Shape shape) {
    return shape instanceof Shape.Record ? codec(shape) : CodeBlock.of("$L", parts.get(shape));
  }

  /** The expression that makes the codec of a shape that is one of {@link #parts}. */
  CodeBlock makeParts(Shape shape) {
    return switch (shape) {
      case Shape.List it -> {
        TypeName item = it.element().type();
        ComponentModel id = known(item, records.get(item)).id().orElseThrow();
        yield CodeBlock.of(
            "$T.components($L, $T::$N, $L)",
            TERM_CODECS,
            partsCodec(it.element()),
            item,
            id.name(),
            codec(id.shape()));
      }
      case Shape.Map it ->
          CodeBlock.of(
              "$T.entries($L, $L)",
              TERM_CODECS,
              codec(it.key()),
              hasParts(it.value()) ? partsCodec(it.value()) : codec(it.value()));
      default -> throw new IllegalArgumentException("no parts of " + shape);
    };
  }

  /** The expression that gives a shape's codec. */
  CodeBlock codec(Shape shape) {
    return switch (shape) {
      case Shape.Scalar scalar -> CodeBlock.of("$T.$L", TERM_CODECS, scalarConstant(scalar));
      case Shape.Record record -> CodeBlock.of("$L.INSTANCE", recordClass(record.type()));
      default -> CodeBlock.of("$L", constants.get(shape));
    };
  }

  /** The expression that makes the codec of a shape that has a constant. */
  CodeBlock make(Shape shape) {
    return switch (shape) {
      case Shape.Enum it ->
          CodeBlock.of(
              "$T.enums($S, $T.values())",
              TERM_CODECS,
              String.join(".", it.type().simpleNames()),
              it.type());
      case Shape.Optional it -> CodeBlock.of("$T.optional($L)", TERM_CODECS, codec(it.element()));
      case Shape.List it -> CodeBlock.of("$T.list($L)", TERM_CODECS, codec(it.element()));
      case Shape.Set it -> CodeBlock.of("$T.set($L)", TERM_CODECS, codec(it.element()));
      case Shape.Map it ->
          CodeBlock.of("$T.map($L, $L)", TERM_CODECS, codec(it.key()), codec(it.value()));
      case Shape.Scalar it -> throw new IllegalArgumentException("no constant for " + it);
      case Shape.Record it -> throw new IllegalArgumentException("no constant for " + it);
    };
  }

  /** Whether values of a shape can never change, so that there is nothing to freeze. */
  boolean isImmutable(Shape shape) {
    return isImmutable(shape, new HashSet<>());
  }

  /** Whether a record can never change. */
  boolean isImmutable(RecordModel record) {
    return isImmutable(new Shape.Record(record.type()));
  }

  private boolean isImmutable(Shape shape, Set<TypeName> assumed) {
    return switch (shape) {
      case Shape.Scalar scalar -> !(scalar.type() instanceof ArrayTypeName);
      case Shape.Enum ignored -> true;
      case Shape.Optional optional -> isImmutable(optional.element(), assumed);
      case Shape.List ignored -> false;
      case Shape.Set ignored -> false;
      case Shape.Map ignored -> false;
      case Shape.Record record ->
          !assumed.add(record.type())
              || components(record.type()).stream()
                  .allMatch(component -> isImmutable(component.shape(), assumed));
    };
  }

  private boolean isRecursive(TypeName record) {
    return reaches(new Shape.Record(record), record, new HashSet<>());
  }

  private boolean reaches(Shape from, TypeName target, Set<TypeName> seen) {
    if (from instanceof Shape.Record record) {
      return seen.add(record.type())
          && components(record.type()).stream()
              .map(ComponentModel::shape)
              .anyMatch(shape -> isRecord(shape, target) || reaches(shape, target, seen));
    }
    return parts(from).stream()
        .anyMatch(part -> isRecord(part, target) || reaches(part, target, seen));
  }

  private List<ComponentModel> components(TypeName record) {
    return known(record, records.get(record)).components();
  }

  private static <T> T known(TypeName record, @Nullable T found) {
    if (found == null) {
      throw new IllegalArgumentException("the model does not hold the record " + record);
    }
    return found;
  }

  private static boolean isRecord(Shape shape, TypeName type) {
    return shape instanceof Shape.Record record && record.type().equals(type);
  }

  private void addAssigns(TypeName record) {
    if (assigns.add(record)) {
      for (ComponentModel component : components(record)) {
        if (hasParts(component)) {
          addParts(component.shape());
        }
      }
    }
  }

  /** Each shape comes after those that it is made of. */
  private void addParts(Shape shape) {
    if (shape instanceof Shape.Record) {
      addAssigns(shape.type());
      return;
    }
    parts(shape).stream().filter(this::hasParts).forEach(this::addParts);
    if (!parts.containsKey(shape)) {
      parts.put(shape, names.newName(partsName(shape)));
    }
  }

  private static String partsName(Shape shape) {
    String name = constantName(shape);
    return shape instanceof Shape.List
        ? name.replaceFirst("LIST_OF", "ITEMS_OF")
        : name.replaceFirst("MAP_OF", "ENTRIES_OF");
  }

  private void addConstants(Shape shape) {
    if (constants.containsKey(shape)
        || shape instanceof Shape.Scalar
        || shape instanceof Shape.Record) {
      return;
    }
    parts(shape).forEach(this::addConstants);
    constants.put(shape, names.newName(constantName(shape)));
  }

  /** What a shape is made of, without the components of a record. */
  private static List<Shape> parts(Shape shape) {
    return switch (shape) {
      case Shape.Optional it -> List.of(it.element());
      case Shape.List it -> List.of(it.element());
      case Shape.Set it -> List.of(it.element());
      case Shape.Map it -> List.of(it.key(), it.value());
      case Shape.Scalar ignored -> List.of();
      case Shape.Enum ignored -> List.of();
      case Shape.Record ignored -> List.of();
    };
  }

  private static String constantName(Shape shape) {
    return switch (shape) {
      case Shape.Scalar it -> scalarConstant(it);
      case Shape.Enum it -> upperSnake(it.type().simpleName());
      case Shape.Record it -> upperSnake(simpleName(it.type()));
      case Shape.Optional it -> "OPTIONAL_" + constantName(it.element());
      case Shape.List it -> "LIST_OF_" + constantName(it.element());
      case Shape.Set it -> "SET_OF_" + constantName(it.element());
      case Shape.Map it -> "MAP_OF_" + constantName(it.key()) + "_TO_" + constantName(it.value());
    };
  }

  private static String scalarConstant(Shape.Scalar scalar) {
    String constant =
        SCALARS.get(scalar.type().isPrimitive() ? scalar.type().box() : scalar.type());
    if (constant == null) {
      throw new IllegalArgumentException("no codec for " + scalar.type());
    }
    return constant;
  }

  private static String simpleName(TypeName type) {
    return switch (type) {
      case ClassName it -> it.simpleName();
      case ParameterizedTypeName it -> it.rawType.simpleName();
      default -> throw new IllegalArgumentException("no record: " + type);
    };
  }

  /** {@code fooBar} as {@code FOO_BAR}. */
  static String upperSnake(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
