package io.dgen.processor.schema;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.EnumModel;
import io.dgen.processor.model.MessageModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.SealedModel;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.model.StepModel;
import io.dgen.processor.schema.Schema.Declared;
import io.dgen.processor.schema.Schema.EnumType;
import io.dgen.processor.schema.Schema.Member;
import io.dgen.processor.schema.Schema.Message;
import io.dgen.processor.schema.Schema.RecordType;
import io.dgen.processor.schema.Schema.SealedType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the schema of a server as it is compiled. */
final class SchemaMaker {

  /** The packages whose types are shown by their simple names. */
  private static final Set<String> SIMPLE =
      Set.of("java.lang", "java.util", "java.math", "java.time");

  /** A user's type of such a name is named in full. */
  private static final Set<String> TAKEN =
      Set.of(
          "BigDecimal",
          "BigInteger",
          "Boolean",
          "Byte",
          "Character",
          "Collection",
          "Currency",
          "DelayedMessage",
          "Double",
          "Duration",
          "EnumMap",
          "EnumSet",
          "Float",
          "Instant",
          "Integer",
          "List",
          "LocalDate",
          "LocalDateTime",
          "LocalTime",
          "Locale",
          "Long",
          "Map",
          "MonthDay",
          "OffsetDateTime",
          "OffsetTime",
          "Optional",
          "OptionalDouble",
          "OptionalInt",
          "OptionalLong",
          "Period",
          "SequencedCollection",
          "SequencedMap",
          "SequencedSet",
          "Set",
          "Short",
          "String",
          "UUID",
          "Void",
          "Year",
          "YearMonth",
          "ZoneId",
          "ZoneOffset",
          "ZonedDateTime");

  /**
   * A schema and where it comes from.
   *
   * @param schema the schema, of no version
   * @param classes the user's types, by their names in the schema
   * @param defaulted the components that have a {@code @Default}, after their record and a dot
   */
  record Made(Schema schema, Map<String, ClassName> classes, Set<String> defaulted) {}

  private final ServerModel server;
  private final SortedMap<String, Declared> types = new TreeMap<>();
  private final Map<String, ClassName> classes = new HashMap<>();
  private final Set<String> defaulted = new HashSet<>();

  private SchemaMaker(ServerModel server) {
    this.server = server;
  }

  static Made of(ServerModel server) {
    return new SchemaMaker(server).made();
  }

  private Made made() {
    server.records().values().forEach(this::addRecord);
    for (EnumModel model : server.enums().values()) {
      SortedMap<String, List<String>> constants = new TreeMap<>();
      model.constants().forEach(it -> constants.put(it.name(), it.formerNames()));
      add(model.type(), new EnumType(constants));
    }
    for (SealedModel model : server.sealed().values()) {
      SortedMap<String, Member> variants = new TreeMap<>();
      model
          .variants()
          .forEach(
              it -> variants.put(it.name(), new Member(text(it.shape().type()), it.formerNames())));
      add(model.type(), new SealedType(variants));
    }
    SortedMap<String, Message> messages = new TreeMap<>();
    for (MessageModel message : server.messages()) {
      messages.put(
          message.name(),
          new Message(
              message.kind().name().toLowerCase(Locale.ROOT),
              text(message.record()),
              message.reply().map(it -> text(it.type())),
              message.formerNames()));
    }
    for (StepModel step : server.steps()) {
      messages.put(
          step.name(),
          new Message(
              Schema.STEP,
              text(step.record()),
              Optional.of(text(step.result().type())),
              step.formerNames()));
      classes.put(text(step.record()).toString(), step.record());
    }
    return new Made(
        new Schema(server.name(), 0, text(server.state()), messages, types), classes, defaulted);
  }

  private void addRecord(RecordModel model) {
    SortedMap<String, Member> components = new TreeMap<>();
    for (ComponentModel component : model.components()) {
      components.put(
          component.name(), new Member(text(component.shape().type()), component.formerNames()));
      if (component.missing().isPresent()) {
        defaulted.add(text(model.type()) + "." + component.name());
      }
    }
    add(model.type(), new RecordType(components, new TreeSet<>()));
  }

  private void add(TypeName type, Declared described) {
    String name = text(type).toString();
    types.put(name, described);
    classes.put(
        name, type instanceof ParameterizedTypeName generic ? generic.rawType : (ClassName) type);
  }

  private TypeText text(TypeName type) {
    return switch (type) {
      case ArrayTypeName array -> TypeText.of(TypeText.ARRAY, text(array.componentType));
      case ParameterizedTypeName generic ->
          new TypeText(
              name(generic.rawType), generic.typeArguments.stream().map(this::text).toList());
      case ClassName name -> TypeText.of(name(name));
      default -> TypeText.of(type.toString());
    };
  }

  private String name(ClassName type) {
    if (SIMPLE.contains(type.packageName())) {
      return String.join(".", type.simpleNames());
    }
    String name = type.canonicalName();
    for (String around : List.of(server.type().canonicalName(), server.type().packageName(), "")) {
      if (!around.isEmpty() && name.startsWith(around + ".")) {
        String shorter = name.substring(around.length() + 1);
        return TAKEN.contains(shorter) ? name : shorter;
      }
    }
    return name;
  }
}
