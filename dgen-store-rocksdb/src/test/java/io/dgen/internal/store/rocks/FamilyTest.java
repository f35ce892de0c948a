package io.dgen.internal.store.rocks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FamilyTest {

  private static final byte[] ROOT = "dgen".getBytes(ISO_8859_1);

  @Test
  void whatIsWalkedAndClearedIsKeptApart() {
    assertThat(family(Tuple.from(1, "Counter", 17, "a"))).as("ready").isEqualTo(Family.PASSING);
    assertThat(family(Tuple.from(3, "Counter", 17))).as("due").isEqualTo(Family.PASSING);
    assertThat(family(Tuple.from(4, "node", 1, 0))).as("reply").isEqualTo(Family.PASSING);
    assertThat(family(Tuple.from(8, "Counter", 17))).as("expiry").isEqualTo(Family.PASSING);
    for (int element : new int[] {0, 2, 5, 6, 7, 9, 10, 300}) {
      assertThat(family(Tuple.from(element, "Counter", 17))).isEqualTo(Family.LASTING);
    }
    assertThat(Family.of(new byte[0])).isEqualTo(Family.LASTING);
    assertThat(Family.of(ROOT)).isEqualTo(Family.LASTING);
    assertThat(Family.of(new byte[] {'d', 0x15})).isEqualTo(Family.LASTING);
  }

  @Test
  void aRangeOfOneKindIsInOneFamily() {
    byte[] ready = Tuple.from(1, "Counter", 17).pack(ROOT);
    byte[] all = Tuple.from(1).pack(ROOT);
    byte[] entity = Tuple.from(0, "Counter", "a").pack(ROOT);
    assertThat(Family.of(ready, end(ready))).containsExactly(Family.PASSING);
    assertThat(Family.of(all, end(all))).containsExactly(Family.PASSING);
    assertThat(Family.of(entity, end(entity))).containsExactly(Family.LASTING);
    assertThat(Family.of(all, end(end(all)))).containsExactly(Family.values());
    assertThat(Family.of(new byte[0], new byte[] {-1})).containsExactly(Family.values());
  }

  @Test
  void noKeyOfARangeIsInAnotherFamily() {
    Random random = new Random(12);
    int decided = 0;
    for (int i = 0; i < 500_000; i++) {
      byte[] begin = key(random);
      byte[] end = key(random);
      byte[] key = key(random);
      if (Arrays.compareUnsigned(begin, key) <= 0 && Arrays.compareUnsigned(key, end) < 0) {
        assertThat(Family.of(begin, end))
            .as("%s in %s to %s", text(key), text(begin), text(end))
            .contains(Family.of(key));
        decided += Family.of(begin, end).size() == 1 ? 1 : 0;
      }
    }
    assertThat(decided).isGreaterThan(300);
  }

  private static Family family(Tuple tuple) {
    return Family.of(tuple.pack(ROOT));
  }

  private static byte[] end(byte[] prefix) {
    byte[] end = prefix.clone();
    end[end.length - 1]++;
    return end;
  }

  /** A short key of few different bytes, so that many have much in common. */
  private static byte[] key(Random random) {
    byte[] bytes = {'d', 0x14, 0x15, 0x15, 0x16, 0, 1, 2, 3, 4, -1};
    byte[] key = new byte[random.nextInt(5)];
    for (int i = 0; i < key.length; i++) {
      key[i] = bytes[random.nextInt(bytes.length)];
    }
    return key;
  }

  private static String text(byte[] key) {
    return Arrays.toString(key);
  }
}
