package io.dgen.generated.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FractionalIndexTest {

  private static void assertOrdered(List<byte[]> indices) {
    for (int i = 0; i < indices.size(); i++) {
      assertThat(FractionalIndex.isValid(indices.get(i))).isTrue();
      if (i > 0) {
        assertThat(Arrays.compareUnsigned(indices.get(i - 1), indices.get(i))).isNegative();
      }
    }
  }

  /** Gives the new item at a position an index and takes over what else was changed. */
  private static int insert(List<byte[]> indices, int at) {
    byte[][] all = new byte[indices.size() + 1][];
    for (int i = 0; i < indices.size(); i++) {
      all[i < at ? i : i + 1] = indices.get(i);
    }
    byte[][] filled = all.clone();
    ItemOrder.fill(filled, at, at + 1);
    int changed = 0;
    for (int i = 0; i < all.length; i++) {
      changed += Arrays.equals(filled[i], all[i]) ? 0 : 1;
    }
    indices.clear();
    indices.addAll(List.of(filled));
    return changed;
  }

  @Test
  void theOrderOfTheBytesIsThatOfTheHeads() {
    List<byte[]> indices = new ArrayList<>();
    indices.add(FractionalIndex.of(-(1L << 62)));
    for (int head = -70_000; head <= 70_000; head++) {
      indices.add(FractionalIndex.of(head));
    }
    indices.add(FractionalIndex.of(1L << 62));
    assertOrdered(indices);
    assertThat(FractionalIndex.of(0)).containsExactly(0x80);
    assertThat(FractionalIndex.of(255)).containsExactly(0x81, 0xFF);
    assertThat(FractionalIndex.of(-256)).containsExactly(0x7E, 0xFE, 0xFF);
  }

  @Test
  void appendingAndPrependingOneByOneKeepsIndicesShort() {
    byte[] last = FractionalIndex.of(0);
    byte[] first = last;
    for (int i = 0; i < 100_000; i++) {
      byte[] next = FractionalIndex.between(last, null);
      byte[] previous = FractionalIndex.between(null, first);
      assertThat(Arrays.compareUnsigned(last, next)).isNegative();
      assertThat(Arrays.compareUnsigned(previous, first)).isNegative();
      last = next;
      first = previous;
    }
    assertThat(last.length).isLessThanOrEqualTo(8);
    assertThat(first.length).isLessThanOrEqualTo(8);
  }

  @Test
  void aSlidingWindowKeepsIndicesShortInBothDirections() {
    for (boolean up : new boolean[] {true, false}) {
      List<byte[]> window = new ArrayList<>(List.of(FractionalIndex.between(null, null, 10)));
      for (int i = 0; i < 100_000; i++) {
        assertThat(insert(window, up ? window.size() : 0)).isEqualTo(1);
        window.remove(up ? 0 : window.size() - 1);
      }
      assertOrdered(window);
      assertThat(window).allMatch(it -> it.length <= 8);
    }
  }

  @Test
  void insertsAnywhereKeepTheOrderAndTouchNoNeighbour() {
    Random random = new Random(1);
    List<byte[]> indices = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      assertThat(insert(indices, random.nextInt(indices.size() + 1))).isEqualTo(1);
      if (random.nextInt(4) == 0) {
        indices.remove(random.nextInt(indices.size()));
      }
    }
    assertOrdered(indices);
    assertThat(indices).allMatch(it -> it.length <= FractionalIndex.MAX_BYTES);
  }

  @Test
  void insertsAtOnePlaceAreRebalancedAroundItOnly() {
    for (int side = 0; side < 3; side++) {
      List<byte[]> indices = new ArrayList<>(List.of(FractionalIndex.between(null, null, 1_000)));
      int rebalanced = 0;
      for (int i = 0; i < 1_000; i++) {
        int at =
            switch (side) {
              case 0 -> 500; // Always behind the same item.
              case 1 -> 500 + i; // Always before the same item.
              default -> 500 + i / 2; // Into the middle of what was inserted.
            };
        int changed = insert(indices, at);
        assertThat(changed).isLessThan(300);
        rebalanced += changed > 1 ? 1 : 0;
        assertThat(indices).allMatch(it -> it.length <= FractionalIndex.MAX_BYTES);
      }
      assertOrdered(indices);
      assertThat(rebalanced).isBetween(1, 20);
    }
  }

  @Test
  void aRunBetweenNeighboursIsShort() {
    byte[] low = FractionalIndex.of(5);
    byte[] high = FractionalIndex.of(6);
    List<byte[]> all = new ArrayList<>();
    all.add(low);
    all.addAll(List.of(FractionalIndex.between(low, high, 100_000)));
    all.add(high);
    assertOrdered(all);
    assertThat(all).allMatch(it -> it.length <= 8);
  }

  @Test
  void whatIsNoIndexIsRefused() {
    for (byte[] bytes :
        new byte[][] {
          {},
          {0x70},
          {(byte) 0x82, 1},
          {(byte) 0x82, 0, 1},
          {(byte) 0x7E, (byte) 0xFF, 0},
          {(byte) 0x81, 1, 5, 0},
          {(byte) 0x88, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 0}
        }) {
      assertThat(FractionalIndex.isValid(bytes)).isFalse();
    }
  }

  @Test
  void theMostItemsStay() {
    assertThat(ItemOrder.staying(new int[] {3, 0, 1, 2})).containsExactly(false, true, true, true);
    assertThat(ItemOrder.staying(new int[] {1, 2, -1, 3, 0}))
        .containsExactly(true, true, false, true, false);
    assertThat(ItemOrder.staying(new int[] {-1, -1})).containsExactly(false, false);
    int[] reversed = {4, 3, 2, 1, 0};
    boolean[] one = ItemOrder.staying(reversed);
    int staying = 0;
    for (boolean it : one) {
      staying += it ? 1 : 0;
    }
    assertThat(staying).isEqualTo(1);
  }
}
