package io.dgen.generated.codec;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.generated.codec.KeyElements.Kind;
import io.dgen.internal.term.TermTree;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state as a tree of maps and lists, built from its keys without its codec: names and entries
 * become the members of a map, items a list, chunks a {@link TermTree}.
 */
final class StateTree {

  private final List<KeyValue> pairs;
  private final int prefixLength;

  /** The next pair. */
  private int index;

  StateTree(List<KeyValue> pairs, int prefixLength) {
    this.pairs = pairs;
    this.prefixLength = prefixLength;
  }

  @Nullable Object root(boolean isWhole) {
    if (pairs.isEmpty()) {
      return null;
    }
    Object tree = value(prefixLength);
    if (isWhole) {
      return tree;
    }
    Map<String, @Nullable Object> cut = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> members) {
      members.forEach((name, value) -> cut.put(String.valueOf(name), value));
    } else {
      cut.put("", tree);
    }
    cut.put("...", "more than " + pairs.size() + " keys are stored; what follows is not shown");
    return cut;
  }

  /** Returns the value of the pairs from here on whose keys share the bytes before a position. */
  private @Nullable Object value(int begin) {
    byte[] path = Arrays.copyOf(pairs.get(index).key(), begin);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    List<@Nullable Object> items = new ArrayList<>();
    int hidden = 0;
    while (index < pairs.size() && startsWith(pairs.get(index).key(), path)) {
      byte[] key = pairs.get(index).key();
      Kind kind = KeyElements.kind(key, begin);
      int end = KeyElements.end(key, begin);
      if (kind == Kind.CHUNK) {
        members.put("(term)", term(path));
      } else if (end < 0) {
        members.put(unknown(key, begin), TermTree.hex(pairs.get(index).value()));
        index++;
      } else if (members.size() + items.size() >= Json.MAX_ITEMS) {
        skip(Arrays.copyOf(key, end));
        hidden++;
      } else if (kind == Kind.ITEM) {
        items.add(value(end));
      } else {
        members.put(name(kind, key, begin, end), value(end));
      }
    }
    return shown(members, items, hidden);
  }

  private static @Nullable Object shown(
      Map<String, @Nullable Object> members, List<@Nullable Object> items, int hidden) {
    if (members.size() == 1 && items.isEmpty() && members.containsKey("(term)")) {
      return members.get("(term)");
    }
    if (members.isEmpty()) {
      if (hidden > 0) {
        items.add("... " + hidden + " more");
      }
      return items;
    }
    if (!items.isEmpty()) {
      members.put("(items)", items);
    }
    if (hidden > 0) {
      members.put("...", hidden + " more");
    }
    return members;
  }

  /**
   * Returns the term whose chunks are stored at a path, in the order of their numbers, without a
   * gap.
   */
  private @Nullable Object term(byte[] path) {
    List<byte[]> chunks = new ArrayList<>();
    boolean gap = false;
    while (index < pairs.size() && startsWith(pairs.get(index).key(), path)) {
      KeyValue pair = pairs.get(index);
      int number = KeyElements.chunk(pair.key(), path.length);
      if (number < 0) {
        break;
      }
      gap |= number != chunks.size();
      chunks.add(pair.value());
      index++;
    }
    byte[] bytes = Keys.join(chunks.toArray(byte[][]::new));
    return gap ? TermTree.undecodable(bytes, "a chunk is missing") : TermTree.of(bytes);
  }

  private void skip(byte[] path) {
    while (index < pairs.size() && startsWith(pairs.get(index).key(), path)) {
      index++;
    }
  }

  private static String name(Kind kind, byte[] key, int begin, int end) {
    if (kind == Kind.NAME) {
      return KeyElements.name(key, begin, end);
    }
    try {
      Tuple entry = KeyElements.nested(key, begin, end);
      return String.valueOf(entry.get(0));
    } catch (RuntimeException e) { // Anything that is stored can be shown.
      return unknown(key, begin);
    }
  }

  private static String unknown(byte[] key, int begin) {
    return TermTree.hex(Arrays.copyOfRange(key, begin, key.length));
  }

  private static boolean startsWith(byte[] key, byte[] path) {
    return key.length >= path.length && Arrays.equals(key, 0, path.length, path, 0, path.length);
  }
}
