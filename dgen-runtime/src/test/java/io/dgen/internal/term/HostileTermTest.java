package io.dgen.internal.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.generated.codec.TermCodecs;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terms that were made to cost more than they are long. */
class HostileTermTest {

  private static final int LARGE = 5_000_000;

  private static final List<TermCodec<?>> CODECS =
      List.of(
          TermCodecs.BYTES,
          TermCodecs.STRING,
          TermCodecs.LONG,
          TermCodecs.INT,
          TermCodecs.DOUBLE,
          TermCodecs.BIG_INTEGER,
          TermCodecs.BIG_DECIMAL,
          TermCodecs.UUID,
          TermCodecs.INSTANT,
          TermCodecs.list(TermCodecs.INT),
          TermCodecs.set(TermCodecs.BIG_DECIMAL),
          TermCodecs.optional(TermCodecs.LONG),
          TermCodecs.map(TermCodecs.STRING, TermCodecs.INT),
          TermCodecs.map(TermCodecs.BOOLEAN, TermCodecs.INT));

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** A head, and behind it as many equal bytes. */
  private static byte[] filled(String head, int fill) {
    byte[] start = hex(head);
    byte[] bytes = Arrays.copyOf(start, LARGE);
    Arrays.fill(bytes, start.length, LARGE, (byte) fill);
    return bytes;
  }

  private static void assertRefused(TermCodec<?> codec, byte[] bytes, String problem) {
    assertThatThrownBy(() -> Terms.decode(bytes, codec))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void nothingIsAllocatedByALengthThatIsNotThere() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String head :
        List.of(
            "5a7fffffff",
            "5a0003d000",
            "7a7fffffff",
            "7a0003d000",
            "9a7fffffff",
            "9a00100000",
            "ba7fffffff",
            "ba00100000",
            "c25a0003d000",
            "c4820bc25a0003d000",
            "d8255a0003d000",
            "5b7fffffffffffffff",
            "9b7fffffffffffffff",
            "bb7fffffffffffffff")) {
      byte[] bytes = hex(head + "000000");
      for (TermCodec<?> codec : CODECS) {
        assertThatThrownBy(() -> Terms.decode(bytes, codec)).isInstanceOf(CodecException.class);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> Terms.decode(bytes, codec)).isInstanceOf(CodecException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as(head).isLessThan(100_000);
      }
    }
  }

  @Test
  void theErrorSaysWhatIsClaimedAndWhatIsLeft() {
    assertRefused(
        TermCodecs.BYTES,
        hex("5a7fffffff01"),
        "term: a length of 2147483647 bytes where 1 are left (byte 0)");
    assertRefused(
        TermCodecs.list(TermCodecs.list(TermCodecs.INT)),
        hex("81830102"),
        "term[0]: a count of 3 where 2 bytes are left (byte 1)");
    assertRefused(
        TermCodecs.map(TermCodecs.STRING, TermCodecs.INT),
        hex("a2616101"),
        "term: a count of 2 where 3 bytes are left (byte 0)");
  }

  /** Jackson's list of them grows by a constant. */
  @Test
  @Timeout(20)
  void manyTagsAreRefused() {
    for (TermCodec<?> codec : CODECS) {
      assertRefused(codec, filled("", 0xC1), "more than 4 tags");
      assertRefused(codec, filled("d9", 0xC1), "more than 4 tags");
    }
    assertRefused(
        TermCodecs.map(TermCodecs.STRING, TermCodecs.INT), filled("a1", 0xC1), "more than 4 tags");
    assertRefused(TermCodecs.BIG_DECIMAL, filled("c482", 0xC1), "must be two integers");
    assertRefused(TermCodecs.BIG_DECIMAL, filled("c48201", 0xC1), "must be two integers");
  }

  @Test
  @Timeout(20)
  void depthIsBounded() {
    for (int fill : new int[] {0x81, 0x9F}) {
      assertRefused(nested(), filled("", fill), "depth");
    }
    assertRefused(TermCodecs.list(TermCodecs.INT), filled("81", 0x81), "expected an int");
    assertThatThrownBy(
            () ->
                Terms.<Boolean>decode(
                    filled("", 0x81),
                    in -> {
                      in.skip();
                      return true;
                    }))
        .isInstanceOf(CodecException.class);
  }

  private static TermCodec<?> nested() {
    TermCodec<?> codec = TermCodecs.INT;
    for (int i = 0; i < 2 * Terms.MAX_DEPTH; i++) {
      codec = TermCodecs.list(codec);
    }
    return codec;
  }

  /** To make digits of it takes minutes. */
  @Test
  @Timeout(20)
  void aHugeIntegerIsRefusedWithoutItsDigits() {
    byte[] huge = Terms.encode(TermCodecs.BIG_INTEGER, BigInteger.TWO.pow(8 * LARGE));
    assertRefused(TermCodecs.LONG, huge, "an integer of 40000001 bits where a smaller one belongs");
    assertRefused(TermCodecs.INT, huge, "an integer of 40000001 bits");
    byte[] exponent = new byte[2 + huge.length];
    exponent[0] = (byte) 0xC4;
    exponent[1] = (byte) 0x82;
    System.arraycopy(huge, 0, exponent, 2, huge.length);
    assertRefused(TermCodecs.BIG_DECIMAL, exponent, "must be two integers");
    assertThat(Terms.decode(huge, TermCodecs.BIG_INTEGER)).isEqualTo(BigInteger.TWO.pow(8 * LARGE));
    byte[] decimal =
        Terms.encode(TermCodecs.BIG_DECIMAL, new BigDecimal(BigInteger.TWO.pow(8 * LARGE), 9));
    assertRefused(TermCodecs.DOUBLE, decimal, "expected a double, found a decimal fraction");
    assertRefused(TermCodecs.FLOAT, decimal, "expected a float, found a decimal fraction");
  }

  /** A reference of three bytes could stand for a string of megabytes, again and again. */
  @Test
  void referencesToStringsAreRefused() {
    TermCodec<List<String>> strings = TermCodecs.list(TermCodecs.STRING);
    assertRefused(strings, hex("d90100826378797ad81900"), "references to strings");
    assertRefused(strings, hex("81d81900"), "String reference outside of a namespace");
    assertRefused(
        TermCodecs.map(TermCodecs.STRING, TermCodecs.INT),
        hex("d90100a0"),
        "references to strings");
  }

  @Test
  void anErrorIsShortHoweverLongTheTermIs() {
    Map<String, String> map = Map.of("k".repeat(LARGE), "v");
    byte[] bytes = Terms.encode(TermCodecs.map(TermCodecs.STRING, TermCodecs.STRING), map);
    for (TermCodec<?> keys : List.of(TermCodecs.INT, TermCodecs.UUID, TermCodecs.STRING)) {
      assertThatThrownBy(() -> Terms.decode(bytes, TermCodecs.map(keys, TermCodecs.INT)))
          .isInstanceOf(CodecException.class)
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
    }
  }
}
