package io.dgen.processor.model;

import com.squareup.javapoet.TypeName;
import java.util.List;

/**
 * A sealed interface that the codecs write.
 *
 * @param type the interface, with its type arguments
 * @param variants what a value of it can be, in declaration order; interfaces below it are resolved
 */
public record SealedModel(TypeName type, List<Variant> variants) {

  /**
   * One class of values.
   *
   * @param name the name of the variant in the store: the type's simple name, after those of the
   *     types around it as far as it needs them to differ from the other variants
   * @param formerNames the names under which it was stored before, the newest first
   * @param shape the type
   */
  public record Variant(String name, List<String> formerNames, Shape shape) {}
}
