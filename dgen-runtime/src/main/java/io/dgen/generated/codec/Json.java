package io.dgen.generated.codec;

import io.dgen.internal.term.JsonText;
import io.dgen.internal.term.TermTree;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import java.util.List;

/**
 * Renders stored data as JSON, for people and their tools, without the classes that wrote it. Bytes
 * are shown as {@code 0x} and hexadecimal digits; UUIDs, instants and durations as text; numbers
 * that JSON does not have as text.
 *
 * <p>Long values are truncated: text and bytes after {@value #MAX_TEXT} characters, lists and maps
 * after {@value #MAX_ITEMS} items; what follows says how much is missing. Stored data that is not a
 * term, or is damaged, is shown as hexadecimal digits together with the problem. No method throws.
 */
public final class Json {

  /** The most characters of a text, and digits of bytes, that are shown. */
  public static final int MAX_TEXT = JsonText.MAX_TEXT;

  /** The most items of a list, and entries of a map, that are shown. */
  public static final int MAX_ITEMS = JsonText.MAX_ITEMS;

  private Json() {}

  /**
   * Renders a term: a message's payload, or a reply.
   *
   * @param term the term, as {@link Terms#encode} made it, or any other bytes
   * @return JSON text
   */
  public static String ofTerm(byte[] term) {
    return JsonText.of(TermTree.of(term));
  }

  /**
   * Renders a state: an object with a member for each component and entry, and a list for each list
   * whose items are stored one by one.
   *
   * @param pairs the pairs below the state prefix, or the first of them, in key order
   * @param prefixLength the length of the prefix in the keys
   * @param isWhole whether the pairs are all that is stored; if not, the last component shown may
   *     be incomplete, and a member {@code ...} says so
   * @return JSON text; {@code null} if nothing is stored
   */
  public static String ofState(List<KeyValue> pairs, int prefixLength, boolean isWhole) {
    return JsonText.of(new StateTree(pairs, prefixLength).root(isWhole));
  }
}
