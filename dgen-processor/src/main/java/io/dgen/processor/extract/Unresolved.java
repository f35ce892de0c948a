package io.dgen.processor.extract;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * The types that a server mentions and that do not exist yet. Another processor may still generate
 * them, so a server with such types waits. Not thread-safe.
 */
public final class Unresolved {

  private static final Pattern SEPARATOR = Pattern.compile("[^\\p{javaJavaIdentifierPart}]+");

  private final Set<String> ours;
  private final Generics generics;
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * Makes an empty collection.
   *
   * @param ours the simple names of the classes that this processor will generate: to wait for them
   *     would be to wait for ever, and none of them can be stored anyway
   * @param types the compiler's types
   */
  public Unresolved(Set<String> ours, Types types) {
    this.ours = ours;
    this.generics = new Generics(types);
  }

  private Unresolved(Unresolved other) {
    this.ours = other.ours;
    this.generics = other.generics;
  }

  /**
   * Returns an empty collection.
   *
   * @return one of types that the server does not wait for
   */
  public Unresolved another() {
    return new Unresolved(this);
  }

  /**
   * Looks at a type and its arguments.
   *
   * @param type a type
   * @return whether a part of it does not exist and is not one of ours, or cannot be an argument
   */
  public boolean check(TypeMirror type) {
    return switch (type.getKind()) {
      case ERROR -> checkName(type.toString());
      case ARRAY -> check(((ArrayType) type).getComponentType());
      case DECLARED -> checkArguments((DeclaredType) type);
      default -> false;
    };
  }

  private boolean checkArguments(DeclaredType type) {
    // Every argument is looked at, not only the first that is missing.
    boolean isMissing = type.getTypeArguments().stream().filter(this::check).count() > 0;
    boolean isWrong =
        Declarations.areWrong((TypeElement) type.asElement())
            || (!mentionsOurs(type) && !generics.isWithinBounds(type));
    if (!isMissing && isWrong) {
      note(type.toString());
      return true;
    }
    return isMissing;
  }

  private static boolean mentionsOurs(DeclaredType type) {
    return type.getTypeArguments().stream().anyMatch(it -> it.getKind() == TypeKind.ERROR);
  }

  private boolean checkName(String name) {
    if (SEPARATOR.splitAsStream(name).anyMatch(ours::contains)) {
      return false;
    }
    note(name);
    return true;
  }

  /**
   * Adds a type that does not exist, or is wrong in a way that every compiler reports itself, so
   * that an error of ours would be a second one.
   *
   * @param name its name, as far as it is known
   */
  public void note(String name) {
    names.add(name);
  }

  /**
   * Returns whether every type exists.
   *
   * @return whether nothing was found missing
   */
  public boolean isEmpty() {
    return names.isEmpty();
  }
}
