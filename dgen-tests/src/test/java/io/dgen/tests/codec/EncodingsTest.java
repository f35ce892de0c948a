package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.tests.codec.Encodings.Item;
import io.dgen.tests.codec.Encodings.Named;
import io.dgen.tests.codec.Encodings.Pair;
import io.dgen.tests.codec.Encodings.Unnamed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was stored under another encoding is read, and is to be written in full. */
class EncodingsTest {

  private static final List<Item> ITEMS =
      List.of(
          new Item(7, new Pair(1, 2), List.of(new Named("x"), new Named("y"))),
          new Item(3, new Pair(0, -1), List.of()));
  private static final Map<Integer, Pair> MAP = Map.of(-1, new Pair(1, 1), 300, new Pair(2, 2));
  private static final Encodings.Earlier.Old EARLIER =
      new Encodings.Earlier.Old(
          new Pair(5, 6),
          ITEMS,
          List.of(new Named("n"), new Named("a")),
          Map.of("a", 1L, "b", 2L),
          MAP,
          ITEMS);
  private static final Encodings.Later.New LATER =
      new Encodings.Later.New(
          new Pair(5, 6),
          ITEMS,
          List.of(new Unnamed("n"), new Unnamed("a")),
          new Pair(1, 2),
          MAP,
          ITEMS);

  private static final StateCodec<Encodings.Earlier.Old> EARLIER_CODEC =
      Encodings_EarlierCodec.STATES;
  private static final StateCodec<Encodings.Later.New> LATER_CODEC = Encodings_LaterCodec.STATES;

  @Test
  void anEarlierEncodingIsRead() {
    assertReadOf(MemoryState.of(EARLIER_CODEC, EARLIER), LATER_CODEC, LATER);
  }

  @Test
  void aLaterEncodingIsRead() {
    assertReadOf(MemoryState.of(LATER_CODEC, LATER), EARLIER_CODEC, EARLIER);
  }

  private static <S> void assertReadOf(MemoryState stored, StateCodec<S> codec, S expected) {
    StateSource source = stored.source();
    S read = codec.read(source);
    assertThat(read).isEqualTo(expected);
    assertThat(source.isOutdated()).isTrue();
    // As a round does it with what is outdated.
    stored.clearAll(new byte[0]);
    stored.write(codec, null, codec.freeze(read, read));
    source = stored.source();
    assertThat(codec.read(source)).isEqualTo(expected);
    assertThat(source.isOutdated()).isFalse();
  }
}
