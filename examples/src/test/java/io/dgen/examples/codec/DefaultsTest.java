package io.dgen.examples.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.codec.StateSource;
import io.dgen.codec.Terms;
import io.dgen.examples.codec.Defaults.AllMarked;
import io.dgen.examples.codec.Defaults.Color;
import io.dgen.examples.codec.Defaults.Earlier;
import io.dgen.examples.codec.Defaults.Marked;
import io.dgen.examples.codec.Defaults.Place;
import io.dgen.examples.codec.Defaults.Unmarked;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a component reads as that was not written, in states and messages. */
class DefaultsTest {

  private static final MemoryState STORED =
      MemoryState.of(Defaults_EarlierCodec.STATES, new Earlier.State(7));

  private static final Place FIRST = new Place("first", "IT");
  private static final List<Place> PLACES = List.of(new Place("a", "IT"), new Place("b", "ES"));

  private static final Unmarked NOTHING =
      new Unmarked(
          false,
          (byte) 0,
          (short) 0,
          0,
          0,
          '\0',
          0,
          0,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Set.of(),
          Map.of(),
          Map.of());

  private static final Marked DEFAULTS =
      new Marked(
          true,
          Byte.MIN_VALUE,
          Short.MIN_VALUE,
          Integer.MIN_VALUE,
          Long.MIN_VALUE,
          '\'',
          Float.NaN,
          Double.NEGATIVE_INFINITY,
          1500,
          (byte) 7,
          8L,
          "\"\\ a\n\u00e9\ud800$L",
          "",
          Color.GREEN,
          new UUID(1, 10),
          Instant.parse("2026-01-31T12:00:00.000000001Z"),
          Duration.ofHours(1),
          new BigDecimal("1.50"),
          Optional.of(5),
          FIRST,
          PLACES,
          PLACES,
          Set.of(Color.RED),
          Map.of("x", FIRST, "y", FIRST));

  @Test
  void withoutDefaultIsNothingInAState() {
    StateSource source = STORED.source();
    assertThat(Defaults_AllUnmarkedCodec.STATES.read(source)).isEqualTo(NOTHING);
  }

  @Test
  void withDefaultIsTheDefaultInAState() {
    StateSource source = STORED.source();
    assertThat(Defaults_AllMarkedCodec.STATES.read(source)).isEqualTo(DEFAULTS);
    assertThat(source.isOutdated()).isTrue();
  }

  @Test
  void aDefaultIsStoredByTheNextWrite() {
    MemoryState memory = MemoryState.of(Defaults_EarlierCodec.STATES, new Earlier.State(7));
    Marked read = memory.read(Defaults_AllMarkedCodec.STATES);
    // As a round does it with what is outdated.
    memory.clearAll(new byte[0]);
    memory.write(Defaults_AllMarkedCodec.STATES, null, read);
    assertThat(memory.read(Defaults_AllMarkedCodec.STATES)).isEqualTo(DEFAULTS);
    assertThat(memory.paths()).contains("[place, country, 0]");
    assertThat(memory.source().isOutdated()).isFalse();
  }

  @Test
  void aNullThatWasStoredIsNotTheDefault() {
    Marked nulls =
        new Marked(
            false, (byte) 0, (short) 0, 0, 0, '\0', 0, 0, 0, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null, null);
    MemoryState memory = MemoryState.of(Defaults_AllMarkedCodec.STATES, nulls);
    assertThat(memory.read(Defaults_AllMarkedCodec.STATES)).isEqualTo(nulls);
  }

  @Test
  void nestedRecordsAndMessagesHaveDefaultsToo() {
    byte[] empty =
        Terms.encode(
            out ->
                Defaults_EarlierCodec.MESSAGES.write(
                    new Defaults_EarlierMessage.Put(new Earlier.Put(3)), out));
    Defaults_LaterMessage read =
        Terms.decode(empty, in -> Defaults_LaterCodec.MESSAGES.read("Put", in));
    assertThat(((Defaults_LaterMessage.Put) read).message())
        .isEqualTo(new Defaults.Later.Put(3, null, null));

    byte[] nothing = {(byte) 0xA0};
    Defaults_AllMarkedMessage put =
        Terms.decode(nothing, in -> Defaults_AllMarkedCodec.MESSAGES.read("Put", in));
    assertThat(((Defaults_AllMarkedMessage.Put) put).message())
        .isEqualTo(new AllMarked.Put(40, FIRST));

    byte[] inTerm = {(byte) 0xA2, 0x61, 'a', 0x01, 0x66, 'm', 'a', 'r', 'k', 'e', 'd', (byte) 0xA0};
    Defaults_LaterMessage nested =
        Terms.decode(inTerm, in -> Defaults_LaterCodec.MESSAGES.read("Put", in));
    assertThat(((Defaults_LaterMessage.Put) nested).message().marked()).isEqualTo(DEFAULTS);
  }
}
