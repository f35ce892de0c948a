package io.dgen.processor.model;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.TypeName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shapes of a server with all that they are made of, and what follows from it. */
public final class ShapeGraph {

  private final Map<TypeName, RecordModel> records;
  private final Map<TypeName, SealedModel> sealed;

  /**
   * Makes a graph.
   *
   * @param records every record, by type
   * @param sealed every sealed interface, by type
   */
  public ShapeGraph(Map<TypeName, RecordModel> records, Map<TypeName, SealedModel> sealed) {
    this.records = new LinkedHashMap<>(records);
    this.sealed = new LinkedHashMap<>(sealed);
  }

  /**
   * Returns the model of a record.
   *
   * @param type its type
   * @return its model
   */
  public RecordModel record(TypeName type) {
    return known(type, records.get(type));
  }

  /**
   * Returns the model of a sealed interface.
   *
   * @param type its type
   * @return its model
   */
  public SealedModel sealed(TypeName type) {
    return known(type, sealed.get(type));
  }

  private static <T> T known(TypeName type, @Nullable T found) {
    if (found == null) {
      throw new IllegalArgumentException("the model does not hold " + type);
    }
    return found;
  }

  /**
   * Returns the shapes of a type's arguments: elements, keys, values.
   *
   * @param shape the type
   * @return their shapes; a record's components, variants and the reply of a From are not among
   *     them
   */
  public static List<Shape> arguments(Shape shape) {
    return switch (shape) {
      case Shape.Optional it -> List.of(it.element());
      case Shape.List it -> List.of(it.element());
      case Shape.Set it -> List.of(it.element());
      case Shape.Map it -> List.of(it.key(), it.value());
      case Shape.Array it -> List.of(it.element());
      case Shape.From ignored -> List.of();
      case Shape.Scalar ignored -> List.of();
      case Shape.Custom ignored -> List.of();
      case Shape.Enum ignored -> List.of();
      case Shape.Record ignored -> List.of();
      case Shape.Sealed ignored -> List.of();
    };
  }

  private Stream<Shape> parts(Shape shape) {
    return switch (shape) {
      case Shape.Record it -> record(it.type()).components().stream().map(ComponentModel::shape);
      case Shape.Sealed it -> sealed(it.type()).variants().stream().map(SealedModel.Variant::shape);
      default -> arguments(shape).stream();
    };
  }

  /**
   * Returns whether values of a type can never change, so that there is nothing to freeze.
   *
   * @param shape the type
   * @return true if no collection, no array and nothing that the user's codecs write is in it,
   *     except of types that tell by themselves that they are immutable
   */
  public boolean isImmutable(Shape shape) {
    return isImmutable(shape, new HashSet<>());
  }

  private boolean isImmutable(Shape shape, Set<Shape> assumed) {
    return switch (shape) {
      case Shape.Scalar scalar -> !(scalar.type() instanceof ArrayTypeName);
      case Shape.List ignored -> false;
      case Shape.Set ignored -> false;
      case Shape.Map ignored -> false;
      case Shape.Array ignored -> false;
      case Shape.Custom custom -> custom.isImmutable();
      default -> !assumed.add(shape) || parts(shape).allMatch(it -> isImmutable(it, assumed));
    };
  }

  /**
   * Returns whether a type contains an array, an {@code EnumSet} or an {@code EnumMap}, which can
   * be changed in place even if it is frozen.
   *
   * @param shape the type
   * @return true if so
   */
  public boolean holdsMutable(Shape shape) {
    return all(shape).stream().anyMatch(ShapeGraph::isMutable);
  }

  private static boolean isMutable(Shape shape) {
    return switch (shape) {
      case Shape.Array ignored -> true;
      case Shape.Scalar it -> it.type() instanceof ArrayTypeName;
      case Shape.Set it -> it.isEnumSet();
      case Shape.Map it -> it.isEnumMap();
      default -> false;
    };
  }

  /**
   * Returns the types in a type that the user's codecs write, and that may be mutable.
   *
   * @param shape the type
   * @return them, in the order of their first use
   */
  public List<Shape> maybeMutable(Shape shape) {
    return all(shape).stream()
        .filter(it -> it instanceof Shape.Custom custom && !custom.isImmutable())
        .toList();
  }

  /** Returns a type and everything in it. */
  private Set<Shape> all(Shape shape) {
    Set<Shape> found = new LinkedHashSet<>();
    collect(shape, found);
    return found;
  }

  private void collect(Shape shape, Set<Shape> found) {
    if (found.add(shape)) {
      parts(shape).forEach(it -> collect(it, found));
    }
  }

  /**
   * Returns whether a record may hold a value of its own type.
   *
   * @param record its type
   * @return true if so: it is a term
   */
  public boolean isRecursive(TypeName record) {
    Shape shape = new Shape.Record(record);
    return reaches(shape, shape, new HashSet<>());
  }

  private boolean reaches(Shape from, Shape target, Set<Shape> seen) {
    return seen.add(from)
        && parts(from).anyMatch(it -> it.equals(target) || reaches(it, target, seen));
  }

  /**
   * Returns whether a component of a record that is stored by its parts is stored so too.
   *
   * @param component the component
   * @return false if it is a term
   */
  public boolean hasParts(ComponentModel component) {
    return !component.isTerm() && hasParts(component.shape());
  }

  /**
   * Returns whether a type is stored by its parts where nothing forbids it.
   *
   * @param shape the type
   * @return false if it is a term
   */
  public boolean hasParts(Shape shape) {
    return switch (shape) {
      case Shape.Record it -> !record(it.type()).isTerm() && !isRecursive(it.type());
      case Shape.List it ->
          !it.isSequenced()
              && it.element() instanceof Shape.Record item
              && record(item.type()).id().isPresent()
              && hasParts(item);
      case Shape.Map it -> it.hasNamedEntries();
      default -> false;
    };
  }
}
