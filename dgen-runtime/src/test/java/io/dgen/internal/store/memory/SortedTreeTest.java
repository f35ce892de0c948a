package io.dgen.internal.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SortedTreeTest {

  @Test
  void staysSortedAndBalancedAndKeepsItsSnapshots() {
    Random random = new Random(7);
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    SortedTree tree = null;
    for (int step = 0; step < 5_000; step++) {
      SortedTree before = tree;
      List<String> seenBefore = step % 100 == 0 ? walk(before, false) : List.of();
      byte[] key = key(random);
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          tree = SortedTree.remove(tree, key);
          model.remove(key);
        }
        case 2 -> {
          byte[] end = Arrays.copyOf(key, key.length + 1);
          end[key.length - 1] += (byte) random.nextInt(10);
          tree = SortedTree.removeRange(tree, key, end);
          if (Arrays.compareUnsigned(key, end) < 0) {
            model.subMap(key, true, end, false).clear();
          }
        }
        default -> {
          byte[] value = {(byte) step};
          tree = SortedTree.put(tree, key, value);
          model.put(key, value);
        }
      }
      assertThat(SortedTree.get(tree, key)).isEqualTo(model.get(key));
      if (step % 100 == 0) {
        assertThat(walk(before, false)).isEqualTo(seenBefore);
        assertThat(walk(tree, false)).isEqualTo(walk(model));
        assertThat(walk(tree, true)).isEqualTo(walk(model.descendingMap()));
        assertBalanced(tree);
      }
    }
  }

  @Test
  void growsInOrderWithoutLosingBalance() {
    SortedTree tree = null;
    for (int i = 0; i < 10_000; i++) {
      tree = SortedTree.put(tree, new byte[] {(byte) (i >>> 8), (byte) i}, new byte[0]);
    }
    assertBalanced(tree);
    assertThat(walk(tree, false)).hasSize(10_000);
  }

  private static byte[] key(Random random) {
    byte[] key = new byte[1 + random.nextInt(2)];
    random.nextBytes(key);
    return key;
  }

  private static void assertBalanced(@Nullable SortedTree tree) {
    if (tree != null) {
      assertThat(Math.abs(SortedTree.height(tree.left) - SortedTree.height(tree.right)))
          .isLessThanOrEqualTo(1);
      assertBalanced(tree.left);
      assertBalanced(tree.right);
    }
  }

  private static List<String> walk(@Nullable SortedTree tree, boolean reverse) {
    List<String> pairs = new ArrayList<>();
    byte[] end = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    try (TreeCursor cursor = new TreeCursor(tree, new byte[0], end, reverse)) {
      while (cursor.isValid()) {
        pairs.add(Arrays.toString(cursor.key()) + Arrays.toString(cursor.value()));
        cursor.next();
      }
    }
    return pairs;
  }

  private static List<String> walk(NavigableMap<byte[], byte[]> model) {
    List<String> pairs = new ArrayList<>();
    model.forEach((key, value) -> pairs.add(Arrays.toString(key) + Arrays.toString(value)));
    return pairs;
  }
}
