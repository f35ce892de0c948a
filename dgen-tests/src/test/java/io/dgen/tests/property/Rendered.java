package io.dgen.tests.property;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A value as text: equal texts are equal values, in the same order. Sees what {@code equals} does
 * not: the content of arrays, the bits of floats, the order of sets and maps.
 */
final class Rendered {

  /** Whether maps come in the order of their texts: their own order is the user's no longer. */
  private final boolean sorted;

  private Rendered(boolean sorted) {
    this.sorted = sorted;
  }

  /** With the order of sets and maps. */
  static String inOrder(@Nullable Object value) {
    return new Rendered(false).of(value);
  }

  /** Without the order of maps. */
  static String asEqual(@Nullable Object value) {
    return new Rendered(true).of(value);
  }

  private String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Record it -> it.getClass().getSimpleName() + components(it);
      case OptionalDouble it ->
          it.isPresent() ? "some " + Double.doubleToLongBits(it.getAsDouble()) : "none";
      case Optional<?> it -> it.map(inside -> "some " + of(inside)).orElse("none");
      case Map<?, ?> it -> entries(it);
      case Collection<?> it -> it.stream().map(this::of).toList().toString();
      case Double it -> "d" + Double.doubleToLongBits(it);
      case Float it -> "f" + Float.floatToIntBits(it);
      case Object it when it.getClass().isArray() -> elements(it);
      case Object it -> it.getClass().getSimpleName() + " " + it;
    };
  }

  private List<String> components(Record value) {
    List<String> parts = new ArrayList<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        parts.add(component.getName() + "=" + of(component.getAccessor().invoke(value)));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return parts;
  }

  private String entries(Map<?, ?> map) {
    List<String> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(of(key) + "->" + of(value)));
    if (sorted) {
      entries.sort(null);
    }
    return entries.toString();
  }

  private String elements(Object array) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(of(Array.get(array, i)));
    }
    return "array" + elements;
  }
}
