package io.dgen.generated.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides which items of an edited list keep their indices, and which indices the others get. The
 * cost depends on the number of items in the edited part, except where indices have become too
 * long.
 */
final class ItemOrder {

  private ItemOrder() {}

  /**
   * Returns the longest increasing subsequence: the most items that can keep their position.
   *
   * @param positions for each item its old position, each at most once, or -1 if it is new
   * @return for each item whether it stays
   */
  static boolean[] staying(int[] positions) {
    int[] ends = new int[positions.length]; // The item that ends the best run of each length.
    int[] previous = new int[positions.length];
    int longest = 0;
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0) {
        continue;
      }
      int low = 0;
      int high = longest;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (positions[ends[middle]] < positions[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      previous[i] = low == 0 ? -1 : ends[low - 1];
      ends[low] = i;
      longest = Math.max(longest, low + 1);
    }
    boolean[] staying = new boolean[positions.length];
    int item = longest == 0 ? -1 : ends[longest - 1];
    while (item >= 0) {
      staying[item] = true;
      item = previous[item];
    }
    return staying;
  }

  /**
   * Assigns an index to each item that has none. The others keep theirs, except where there is no
   * room left for a short index: there the fewest neighbours that make room get new ones too.
   *
   * @param indices the index of each item, or null; afterwards none is null
   * @param start the first position that may have no index
   * @param end the position after the last one that may have no index
   * @return whether items outside these bounds may have got new ones
   */
  static boolean fill(byte[] @Nullable [] indices, int start, int end) {
    boolean[] isNew = new boolean[end - start];
    int from = start;
    while (from < end) {
      if (indices[from] != null) {
        from++;
        continue;
      }
      int to = from + 1;
      while (to < end && indices[to] == null) {
        to++;
      }
      byte[][] run =
          FractionalIndex.between(
              from == 0 ? null : indices[from - 1],
              to == indices.length ? null : indices[to],
              to - from);
      System.arraycopy(run, 0, indices, from, run.length);
      Arrays.fill(isNew, from - start, to - start, true);
      from = to;
    }
    @SuppressWarnings("NullAway") // Each item has an index now.
    byte[][] filled = indices;
    boolean rebalanced = false;
    for (int i = start; i < end; i++) {
      if (isNew[i - start] && filled[i].length > FractionalIndex.MAX_BYTES) {
        rebalance(filled, i);
        rebalanced = true;
      }
    }
    return rebalanced;
  }

  /** Makes room around an item, in a window that grows until its indices are short. */
  private static void rebalance(byte[][] indices, int item) {
    int from = item;
    int to = item + 1;
    byte[][] window;
    boolean isAll;
    do {
      int margin = (to - from + 1) / 2;
      from = Math.max(0, from - margin);
      to = Math.min(indices.length, to + margin);
      isAll = from == 0 && to == indices.length;
      byte[] low = from == 0 ? null : indices[from - 1];
      byte[] high = to == indices.length ? null : indices[to];
      window = FractionalIndex.between(low, high, to - from);
    } while (!isAll && longest(window) > FractionalIndex.ROOMY_BYTES);
    System.arraycopy(window, 0, indices, from, window.length);
  }

  private static int longest(byte[][] indices) {
    return Arrays.stream(indices).mapToInt(it -> it.length).max().orElse(0);
  }
}
