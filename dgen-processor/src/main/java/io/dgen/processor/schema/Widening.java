package io.dgen.processor.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types without parts that can read what another type wrote. */
final class Widening {

  private static final Map<String, String> BOXES =
      Map.of(
          "boolean", "Boolean",
          "byte", "Byte",
          "short", "Short",
          "int", "Integer",
          "long", "Long",
          "char", "Character",
          "float", "Float",
          "double", "Double");

  /** The other types that read every value of a type exactly. */
  private static final Map<String, List<String>> WIDER =
      Map.of(
          "Byte",
              List.of("Short", "Integer", "Long", "BigInteger", "BigDecimal", "Float", "Double"),
          "Short", List.of("Integer", "Long", "BigInteger", "BigDecimal", "Float", "Double"),
          "Integer", List.of("Long", "BigInteger", "BigDecimal", "Double"),
          "Long", List.of("BigInteger", "BigDecimal"),
          "BigInteger", List.of("BigDecimal"),
          "Character", List.of("Integer", "Long", "BigInteger"),
          "Float", List.of("Double"));

  private static final List<String> INTEGERS = List.of("Byte", "Short", "Integer", "Long");

  private static final Map<String, String> OPTIONALS =
      Map.of("OptionalInt", "Integer", "OptionalLong", "Long", "OptionalDouble", "Double");

  private Widening() {}

  /** Returns whether a type reads what another one wrote; a primitive cannot be null. */
  static boolean reads(TypeText from, TypeText to) {
    if (from.equals(to)) {
      return true;
    }
    if (!from.arguments().isEmpty() || !to.arguments().isEmpty()) {
      return false;
    }
    if (isPrimitive(to) && !isPrimitive(from)) {
      return false;
    }
    String old = BOXES.getOrDefault(from.name(), from.name());
    String now = BOXES.getOrDefault(to.name(), to.name());
    return old.equals(now) || WIDER.getOrDefault(old, List.of()).contains(now);
  }

  /**
   * Returns the same for the keys of maps: integers are one kind of key, and all others are their
   * own.
   */
  static boolean readsKey(TypeText from, TypeText to) {
    int old = INTEGERS.indexOf(from.name());
    return from.equals(to) || (old >= 0 && old <= INTEGERS.indexOf(to.name()));
  }

  static boolean isPrimitive(TypeText type) {
    return BOXES.containsKey(type.name());
  }

  /** Returns the type in an optional; empty if the type is not an optional. */
  static Optional<TypeText> optional(TypeText type) {
    if (type.name().equals("Optional")) {
      return Optional.of(type.argument(0));
    }
    return Optional.ofNullable(OPTIONALS.get(type.name())).map(TypeText::of);
  }
}
