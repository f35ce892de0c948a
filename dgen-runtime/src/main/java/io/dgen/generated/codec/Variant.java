package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import java.util.List;

/**
 * One class of the values of a sealed interface, for {@link TermCodecs#variants}.
 *
 * @param name the variant's name in terms; no class is ever looked up by it
 * @param type the class of the values: a record, an enum or another final class
 * @param codec writes and reads the values
 * @param formerNames its former names, found in older terms
 * @param <T> the type of the values
 */
public record Variant<T>(
    String name, Class<? super T> type, TermCodec<T> codec, List<String> formerNames) {

  /**
   * Creates a variant.
   *
   * @param name the variant's name in terms
   * @param type the class of the values
   * @param codec writes and reads the values
   * @param formerNames its former names
   */
  public Variant(String name, Class<? super T> type, TermCodec<T> codec, String... formerNames) {
    this(name, type, codec, List.of(formerNames));
  }
}
