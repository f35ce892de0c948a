package io.dgen.processor.validate;

import io.dgen.processor.extract.DgenTypes;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** What to do about a type that has no codec. */
final class TypeHints {

  private static final String ANY = "use a supported type, or name a codec with @UseCodec";

  /** The supported type that is nearest to a class; of two the first. */
  private static final List<Hint> HINTS =
      List.of(
          new Hint("java.util.SortedMap", "a comparator cannot be stored; use SequencedMap or Map"),
          new Hint("java.util.SequencedMap", "use the interface SequencedMap"),
          new Hint("java.util.Map", "use the interface Map"),
          new Hint("java.util.SortedSet", "a comparator cannot be stored; use SequencedSet or Set"),
          new Hint("java.util.SequencedSet", "use the interface SequencedSet"),
          new Hint("java.util.Set", "use the interface Set"),
          new Hint("java.util.List", "use the interface List"),
          new Hint("java.util.Collection", "use List or Set"),
          new Hint("java.util.Date", "use java.time.Instant"),
          new Hint("java.util.Calendar", "use java.time.ZonedDateTime"),
          new Hint("java.util.TimeZone", "use java.time.ZoneId"));

  private record Hint(String type, String text) {}

  private final DgenTypes types;

  TypeHints(DgenTypes types) {
    this.types = types;
  }

  String of(TypeMirror type) {
    return switch (type.getKind()) {
      case WILDCARD, TYPEVAR -> "it stands for no one type here; write the type itself";
      case DECLARED -> of((DeclaredType) type);
      default -> ANY;
    };
  }

  private String of(DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    for (Hint hint : HINTS) {
      TypeElement above = types.elements().getTypeElement(hint.type());
      if (above != null && isBelow(type, above)) {
        return hint.text();
      }
    }
    String name = element.getQualifiedName().toString();
    if (name.startsWith("java.") || name.startsWith("javax.")) {
      return ANY;
    }
    return switch (element.getKind()) {
      case CLASS -> "make it a record, or name a codec with @UseCodec";
      case INTERFACE -> "seal it over records and enums, or name a codec with @UseCodec";
      default -> ANY;
    };
  }

  private boolean isBelow(DeclaredType type, TypeElement above) {
    return types
        .types()
        .isSubtype(types.types().erasure(type), types.types().erasure(above.asType()));
  }
}
