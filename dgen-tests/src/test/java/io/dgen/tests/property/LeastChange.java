package io.dgen.tests.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.Keys;
import io.dgen.tests.property.StoredState.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;

/**
 * Whether a write was the least that takes a store from one state to another. Knows the keys from
 * the decision pages, and nothing of the codecs: what differs is found by comparing the pairs, and
 * which items must move by trying every subsequence that a quadratic search finds.
 */
final class LeastChange {

  private LeastChange() {}

  static void assertLeast(Change change) {
    TreeSet<byte[]> set = new TreeSet<>(Arrays::compareUnsigned);
    for (byte[] key : change.sets()) {
      assertThat(set.add(key)).as("set twice: %s", Keys.printable(key)).isTrue();
      assertThat(change.before().get(key))
          .as("set to what it was: %s", Keys.printable(key))
          .isNotEqualTo(change.after().get(key));
    }
    for (List<byte[]> removed : change.clears()) {
      assertThat(removed).as("a clear of nothing").isNotEmpty();
      for (byte[] key : removed) {
        assertThat(change.after().containsKey(key))
            .as("cleared, and set again: %s", Keys.printable(key))
            .isFalse();
      }
    }
    assertFewestMoves(lists(change.before()), lists(change.after()));
  }

  /** In each list: what can stay has its index still. */
  private static void assertFewestMoves(
      Map<String, Map<Object, String>> before, Map<String, Map<Object, String>> after) {
    before.forEach(
        (list, old) -> {
          Map<Object, String> now = after.getOrDefault(list, Map.of());
          long staying =
              now.entrySet().stream()
                  .filter(it -> it.getValue().equals(old.get(it.getKey())))
                  .count();
          assertThat(staying)
              .as("items that stay of %s: from %s to %s", list, old, now)
              .isEqualTo(mostStaying(List.copyOf(old.keySet()), List.copyOf(now.keySet())));
        });
  }

  private static int mostStaying(List<Object> before, List<Object> after) {
    int[] longest = new int[after.size()];
    int best = 0;
    for (int i = 0; i < after.size(); i++) {
      int at = before.indexOf(after.get(i));
      longest[i] = at < 0 ? 0 : 1;
      for (int j = 0; at >= 0 && j < i; j++) {
        int other = before.indexOf(after.get(j));
        if (other >= 0 && other < at) {
          longest[i] = Math.max(longest[i], longest[j] + 1);
        }
      }
      best = Math.max(best, longest[i]);
    }
    return best;
  }

  /**
   * For each list, named by its path with ids in place of indices: its ids in order, and places.
   */
  static Map<String, Map<Object, String>> lists(NavigableMap<byte[], byte[]> pairs) {
    Map<String, Map<Object, String>> lists = new HashMap<>();
    for (byte[] key : pairs.keySet()) {
      List<Object> path = new ArrayList<>();
      for (Object element : Tuple.fromBytes(key)) {
        if (element instanceof List<?> part && part.size() == 2) {
          Object id = part.get(1);
          lists
              .computeIfAbsent(path.toString(), unused -> new LinkedHashMap<>())
              .put(id, HexFormat.of().formatHex((byte[]) part.get(0)));
          path.add(List.of("item", id));
        } else {
          path.add(element);
        }
      }
    }
    return lists;
  }
}
