package io.dgen.internal.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.generated.codec.TermCodecs;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bytes that are damaged in any way end in a value or in a {@link CodecException}. */
class TermFuzzTest {

  private static final int MUTATIONS_OF_EACH = 6_000;

  record Seed<T>(TermCodec<T> codec, T value) {
    byte[] encode() {
      return Terms.encode(out -> codec.write(out, value));
    }

    Object decode(byte[] bytes) {
      return Terms.<Optional<Object>>decode(bytes, in -> Optional.ofNullable(codec.read(in)));
    }
  }

  private static List<Seed<?>> seeds() {
    TermCodec<Map<String, List<Optional<Long>>>> maps =
        TermCodecs.map(TermCodecs.STRING, TermCodecs.list(TermCodecs.optional(TermCodecs.LONG)));
    return List.of(
        new Seed<>(maps, Map.of("one", List.of(Optional.of(1L), Optional.empty()), "é", List.of())),
        new Seed<>(
            TermCodecs.list(TermCodecs.STRING), List.of("short", "😀".repeat(200), "\uD800x")),
        new Seed<>(
            TermCodecs.map(TermCodecs.UUID, TermCodecs.INSTANT),
            Map.of(new UUID(1, 2), Instant.ofEpochSecond(1_700_000_000, 5))),
        new Seed<>(
            TermCodecs.set(TermCodecs.BIG_DECIMAL),
            Set.of(new BigDecimal("1.50"), new BigDecimal(BigInteger.TEN.pow(50), 7))),
        new Seed<>(
            TermCodecs.map(TermCodecs.INSTANT, TermCodecs.BYTES),
            Map.of(Instant.EPOCH, new byte[] {1, 2, 3})),
        new Seed<>(
            TermCodecs.list(TermCodecs.optional(TermCodecs.optional(TermCodecs.DURATION))),
            List.of(
                Optional.of(Optional.of(Duration.ofSeconds(1))), Optional.of(Optional.empty()))),
        new Seed<>(
            TermCodecs.map(
                TermCodecs.enums("DayOfWeek", DayOfWeek.values()),
                TermCodecs.list(TermCodecs.DOUBLE)),
            Map.of(DayOfWeek.MONDAY, List.of(1.5, Double.NaN))),
        new Seed<>(
            TermCodecs.list(TermCodecs.list(TermCodecs.CHAR)), List.of(List.of('a', '\uFFFF'))),
        new Seed<>(
            TermCodecs.map(TermCodecs.LONG, TermCodecs.BIG_INTEGER),
            Map.of(Long.MIN_VALUE, BigInteger.TWO.pow(200).negate())),
        new Seed<>(TermCodecs.list(TermCodecs.FLOAT), List.of(1f, -0f)));
  }

  @Test
  void damagedTermsEndInAValueOrACodecException() {
    Random random = new Random(20_260_101);
    int refused = 0;
    int read = 0;
    for (Seed<?> seed : seeds()) {
      byte[] sound = seed.encode();
      for (int i = 0; i < MUTATIONS_OF_EACH; i++) {
        byte[] damaged = damage(sound, random);
        try {
          seed.decode(damaged);
          read++;
        } catch (CodecException e) {
          assertThat(e).hasMessageContaining("(byte ");
          refused++;
        } catch (RuntimeException | Error e) {
          throw new AssertionError(Arrays.toString(damaged), e);
        }
      }
    }
    // Both must happen often, or the damage is of the wrong kind.
    assertThat(refused).isGreaterThan(10_000);
    assertThat(read).isGreaterThan(1_000);
  }

  private static byte[] damage(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(4));
        default -> {
          int from = random.nextInt(bytes.length);
          int length = random.nextInt(Math.min(bytes.length - from, bytes.length - at));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }
}
