package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import io.dgen.tests.codec.Widths.Item;
import io.dgen.tests.codec.Widths.Level;
import io.dgen.tests.codec.Widths.Narrow;
import io.dgen.tests.codec.Widths.Spot;
import io.dgen.tests.codec.Widths.Wide;
import io.dgen.tests.codec.Widths.WideItem;
import io.dgen.tests.codec.Widths.WideSpot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was stored is read after its types have become wider, in states and in messages. */
class WidthsTest {

  private static final Narrow.Old OLD =
      new Narrow.Old(
          (byte) -1,
          'A',
          Integer.MIN_VALUE,
          0.5f,
          Long.MIN_VALUE,
          12,
          "text",
          new Spot(1, 2.5f),
          3,
          4,
          Level.HIGH,
          List.of(3, 1, 3),
          new int[] {1, 2},
          new String[] {"b", "a"},
          new LinkedHashSet<>(List.of(2, 1)),
          Map.of("one", 1, "two", 2),
          Map.of(Level.LOW, new Spot(5, 6)),
          Map.of("x", 7, "y", 8),
          List.of(new Item(2, Optional.of("n")), new Item(1, Optional.empty())),
          List.of(new Item(9, Optional.of("m"))));

  private static final Wide.New NEW =
      new Wide.New(
          (short) -1,
          65,
          Integer.MIN_VALUE,
          0.5,
          BigInteger.valueOf(Long.MIN_VALUE),
          BigDecimal.valueOf(12),
          Optional.of("text"),
          Optional.of(new WideSpot(1, 2.5)),
          OptionalInt.of(3),
          OptionalLong.of(4),
          "HIGH",
          Set.of(3L, 1L),
          List.of(1L, 2L),
          List.of("b", "a"),
          new LinkedHashSet<>(List.of(2L, 1L)),
          map(),
          Map.of("LOW", new WideSpot(5, 6)),
          new WideSpot(7, 8),
          List.of(new WideItem(2, "n"), new WideItem(1, null)),
          Set.of(new WideItem(9, "m")));

  private static SequencedMap<String, Long> map() {
    SequencedMap<String, Long> map = new LinkedHashMap<>();
    map.put("one", 1L);
    map.put("two", 2L);
    return map;
  }

  @Test
  void aStateIsReadAndThenWrittenAnew() {
    MemoryState stored =
        MemoryState.of(Widths_NarrowCodec.STATES, Widths_NarrowCodec.STATES.freeze(null, OLD));
    StateSource source = stored.source();
    Wide.New read = Widths_WideCodec.STATES.read(source);
    assertThat(read).isEqualTo(NEW);
    assertThat(source.isOutdated()).as("some were stored by other parts").isTrue();
    stored.clearAll(new byte[0]);
    stored.write(Widths_WideCodec.STATES, null, Widths_WideCodec.STATES.freeze(read, read));
    source = stored.source();
    assertThat(Widths_WideCodec.STATES.read(source)).isEqualTo(NEW);
    assertThat(source.isOutdated()).isFalse();
  }

  @Test
  void aMessageIsRead() {
    byte[] bytes =
        Terms.encode(
            out ->
                Widths_NarrowCodec.MESSAGES.write(
                    new Widths_NarrowMessage.Shrink(new Narrow.Shrink(OLD)), out));
    assertThat(
            Terms.<Widths_WideMessage>decode(
                bytes, in -> Widths_WideCodec.MESSAGES.read("Grow", in)))
        .isEqualTo(new Widths_WideMessage.Grow(new Wide.Grow(NEW)));
  }
}
