package io.dgen.generated.codec;

import io.dgen.internal.term.JsonText;
import io.dgen.internal.term.TermTree;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import java.util.List;

/**
 * Shows what is stored as JSON, for people and their tools, without the classes that it was written
 * with. Bytes are shown in hexadecimal digits behind {@code 0x}; UUIDs, instants and durations as
 * text; numbers that JSON does not have as text.
 *
 * <p>What is long is cut: text and bytes behind {@value #MAX_TEXT} characters, lists and maps
 * behind {@value #MAX_ITEMS} items, and what follows says how much is missing. What is stored and
 * is no term, or is damaged, is shown in hexadecimal digits beside the problem. Nothing throws.
 */
public final class Json {

  /** The most characters of a text, and digits of bytes, that are shown. */
  public static final int MAX_TEXT = JsonText.MAX_TEXT;

  /** The most items of a list, and entries of a map, that are shown. */
  public static final int MAX_ITEMS = JsonText.MAX_ITEMS;

  private Json() {}

  /**
   * Shows a term: a message's payload, a reply.
   *
   * @param term the term, as {@link Terms#encode} made it, or any other bytes
   * @return JSON text
   */
  public static String ofTerm(byte[] term) {
    return JsonText.of(TermTree.of(term));
  }

  /**
   * Shows a state: an object with a member for each component and entry, and a list for each list
   * whose items are stored one by one.
   *
   * @param pairs what is stored below the state prefix, or the first of it, in the order of the
   *     keys
   * @param prefixLength the length of the prefix in the keys
   * @param isWhole whether the pairs are all that is stored; if not, the last component shown may
   *     be shown in part, and a member {@code ...} says so
   * @return JSON text; {@code null} if nothing is stored
   */
  public static String ofState(List<KeyValue> pairs, int prefixLength, boolean isWhole) {
    return JsonText.of(new StateTree(pairs, prefixLength).root(isWhole));
  }
}
