package io.dgen.processor.write;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.model.Shape;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The names of the constants and classes of a codec class, derived from the types that they are
 * for.
 */
final class CodecNames {

  private CodecNames() {}

  /**
   * Returns the name of a record's class: {@code PairOfStringAndLongRecord} for {@code Pair<String,
   * Long>}.
   *
   * @param longest how many bytes the name may have: it is part of the name of a file
   */
  static String recordClass(TypeName record, int longest) {
    String name = words(record).replace("_", "") + "Record";
    while (GeneratedNames.bytes(name) > longest) {
      name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
    }
    return name;
  }

  /** Returns the name of a shape's constant: {@code LIST_OF_BOOK} for {@code List<Book>}. */
  static String constant(Shape shape) {
    return switch (shape) {
      case Shape.Optional it -> "OPTIONAL_" + constant(it.element());
      case Shape.List it ->
          (it.isSequenced() ? "SEQUENCED_COLLECTION_OF_" : "LIST_OF_") + constant(it.element());
      case Shape.Set it ->
          prefix(it.isSequenced(), it.isEnumSet()) + "SET_OF_" + constant(it.element());
      case Shape.Map it ->
          prefix(it.isSequenced(), it.isEnumMap())
              + "MAP_OF_"
              + constant(it.key())
              + "_TO_"
              + constant(it.value());
      case Shape.Array it -> "ARRAY_OF_" + constant(it.element());
      case Shape.Custom it -> upperSnake(it.codec().simpleName());
      default -> upperSnake(words(shape.type()));
    };
  }

  private static String prefix(boolean isSequenced, boolean isEnum) {
    return isSequenced ? "SEQUENCED_" : isEnum ? "ENUM_" : "";
  }

  /**
   * Returns the name of the constant of a shape stored by its parts: {@code ITEMS_OF_BOOK} for
   * {@code List<Book>}.
   */
  static String partsConstant(Shape shape) {
    String name = constant(shape);
    return shape instanceof Shape.List
        ? name.replaceFirst("LIST_OF", "ITEMS_OF")
        : name.replaceFirst("MAP_OF", "ENTRIES_OF");
  }

  /** Converts {@code fooBar} to {@code FOO_BAR}. */
  static String upperSnake(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  private static String words(TypeName type) {
    return switch (type) {
      case ClassName it -> it.simpleName();
      case ParameterizedTypeName it ->
          it.typeArguments.stream()
              .map(CodecNames::words)
              .collect(Collectors.joining("And", it.rawType.simpleName() + "Of", ""));
      case ArrayTypeName it -> words(it.componentType) + "Array";
      default -> Character.toUpperCase(type.toString().charAt(0)) + type.toString().substring(1);
    };
  }
}
