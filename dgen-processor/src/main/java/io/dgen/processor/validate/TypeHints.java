package io.dgen.processor.validate;

import io.dgen.processor.extract.Annotations;
import io.dgen.processor.extract.DgenTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Advice about types that have no codec. */
final class TypeHints {

  private static final String ANY = "use a supported type, or name a codec with @UseCodec";

  private static final Map<String, String> NO_DATA =
      Map.of(
          "io.dgen.Context", "Context is not data; take it as a parameter of the callback",
          "io.dgen.Dgen", "Dgen is not data; send with Context, which a callback can take",
          "io.dgen.store.Transaction",
              "Transaction is not data; take Context and use context.transaction()");

  /** The superclasses of generated clients. */
  private static final Set<String> CLIENTS = Set.of("EntityClient", "CastClient");

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

  /**
   * Returns the advice about a type.
   *
   * @param isReply whether it is the reply of a call
   */
  String of(TypeMirror type, boolean isReply) {
    return switch (type.getKind()) {
      case ERROR -> ofGenerated(type.toString(), isReply);
      case WILDCARD, TYPEVAR -> "it stands for no one type here; write the type itself";
      case DECLARED -> of((DeclaredType) type, isReply);
      default -> ANY;
    };
  }

  /** Returns the advice about a type that we generate ourselves and that does not exist yet. */
  private static String ofGenerated(String name, boolean isReply) {
    return name.endsWith("Client") ? client(isReply) : "it is generated, and no data; remove it";
  }

  private static String client(boolean isReply) {
    return "a client cannot be stored; " + (isReply ? "reply with the id" : "keep the id");
  }

  /** Returns the advice about a type of dgen that is not data. */
  private Optional<String> ofDgen(DeclaredType type, boolean isReply) {
    TypeElement element = (TypeElement) type.asElement();
    if (Annotations.find(element, DgenTypes.ANNOTATION).isPresent()) {
      return Optional.of("a server is not data; keep the id of an entity");
    }
    if (element.getSuperclass() instanceof DeclaredType above
        && CLIENTS.contains(above.asElement().getSimpleName().toString())) {
      return Optional.of(client(isReply));
    }
    return Optional.ofNullable(NO_DATA.get(element.getQualifiedName().toString()));
  }

  private String of(DeclaredType type, boolean isReply) {
    TypeElement element = (TypeElement) type.asElement();
    Optional<String> ofDgen = ofDgen(type, isReply);
    if (ofDgen.isPresent()) {
      return ofDgen.get();
    }
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
      case CLASS ->
          element.getModifiers().contains(Modifier.SEALED)
              ? "make it a sealed interface over records and enums, or name a codec with @UseCodec"
              : "make it a record, or name a codec with @UseCodec";
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
