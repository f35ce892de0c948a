package io.dgen.internal.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermWriter;
import io.dgen.generated.codec.TermCodecs;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The size of a term is known, closely enough, without encoding it. */
class TermMeterTest {

  /** What it may be too large by: a head for each value. */
  private static final long SLACK = 8;

  @Test
  void integersOfEveryLength() {
    for (int shift = 0; shift < 64; shift++) {
      for (long near = -2; near <= 2; near++) {
        long value = (1L << shift) + near;
        assertMeasured(out -> out.writeLong(value), 0);
        assertMeasured(out -> out.writeLong(~value), 0);
      }
    }
  }

  @Test
  void textsOfEveryLengthAndScript() {
    Random random = new Random(1);
    String[] scripts = {"a", "\0", "é", "漢", "😀", "a漢", "\uD800", "ab\uDC00"};
    for (int length : new int[] {0, 1, 5, 23, 24, 199, 200, 201, 255, 256, 65_535, 70_000}) {
      for (String script : scripts) {
        String text = script.repeat(length);
        assertMeasured(out -> out.writeString(text), SLACK);
      }
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertMeasured(out -> out.writeBytes(bytes), SLACK);
      assertMeasured(out -> out.writeBigInteger(new BigInteger(bytes)), SLACK, length > 0);
      assertMeasured(
          out -> out.writeBigDecimal(new BigDecimal(new BigInteger(bytes), length)),
          24,
          length > 0);
    }
  }

  @Test
  void everythingElse() {
    assertMeasured(TermWriter::writeNull, 0);
    assertMeasured(out -> out.writeBoolean(true), 0);
    assertMeasured(out -> out.writeFloat(1.5f), 0);
    assertMeasured(out -> out.writeDouble(Double.NaN), 0);
    assertMeasured(out -> out.writeString(null), 0);
    assertMeasured(out -> out.writeBytes(null), 0);
    assertMeasured(out -> out.writeBigInteger(null), 0);
    assertMeasured(out -> out.writeBigDecimal(null), 0);
    UUID id = new UUID(7, 8);
    assertMeasured(out -> TermCodecs.UUID.write(out, id), SLACK);
    Instant now = Instant.ofEpochSecond(1_700_000_000, 5);
    assertMeasured(out -> TermCodecs.INSTANT.write(out, now), 20);
    TermCodec<List<String>> list = TermCodecs.list(TermCodecs.STRING);
    assertMeasured(out -> list.write(out, List.of("a", "b", "c")), SLACK);
    TermCodec<Map<Integer, String>> map = TermCodecs.map(TermCodecs.INT, TermCodecs.STRING);
    assertMeasured(out -> map.write(out, Map.of(1, "a", 1000, "b")), SLACK);
  }

  @Test
  void whatIsTooDeepToEncodeIsTooDeepToMeasure() {
    Consumer<TermWriter> deep =
        out -> {
          for (int i = 0; i <= Terms.MAX_DEPTH; i++) {
            out.startList(1);
          }
        };
    assertThatThrownBy(() -> Terms.size(deep))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("deeper than 500");
    assertThatThrownBy(() -> Terms.encode(deep)).isInstanceOf(CodecException.class);
  }

  private static void assertMeasured(Consumer<TermWriter> body, long slack, boolean applies) {
    if (applies) {
      assertMeasured(body, slack);
    }
  }

  private static void assertMeasured(Consumer<TermWriter> body, long slack) {
    int encoded = Terms.encode(body).length;
    assertThat(Terms.size(body)).isBetween((long) encoded, encoded + slack);
  }
}
