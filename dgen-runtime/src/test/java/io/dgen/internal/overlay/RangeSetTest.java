package io.dgen.internal.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RangeSetTest {

  private static final int SIZE = 40;

  @Test
  void agreesWithASetOfBits() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      RangeSet set = new RangeSet();
      BitSet model = new BitSet();
      for (int step = 0; step < 30; step++) {
        int from = random.nextInt(SIZE);
        int to = from + random.nextInt(SIZE - from);
        if (random.nextInt(3) == 0) {
          set.remove(key(from), key(to));
          model.clear(from, to);
        } else {
          set.add(key(from), key(to));
          model.set(from, to);
        }
        int begin = random.nextInt(SIZE);
        int end = begin + random.nextInt(SIZE - begin);
        BitSet inside = model.get(begin, end);
        assertThat(set.intersects(key(begin), key(end))).isEqualTo(!inside.isEmpty());
        assertThat(set.contains(key(begin))).isEqualTo(model.get(begin));
        BitSet covered = new BitSet();
        set.gaps(key(begin), key(end))
            .forEach(gap -> covered.set(gap.begin()[0] - begin, gap.end()[0] - begin));
        covered.flip(0, end - begin);
        assertThat(covered).isEqualTo(inside);
      }
      assertThat(set.ranges().size()).as("ranges that touch are one").isEqualTo(runs(model));
    }
  }

  private static int runs(BitSet bits) {
    int runs = 0;
    for (int at = bits.nextSetBit(0); at >= 0; at = bits.nextSetBit(bits.nextClearBit(at))) {
      runs++;
    }
    return runs;
  }

  private static byte[] key(int number) {
    return new byte[] {(byte) number};
  }
}
