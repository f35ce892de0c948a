package io.dgen.tests.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import io.dgen.tests.codec.Defaults.AllMarked;
import io.dgen.tests.codec.Defaults.Color;
import io.dgen.tests.codec.Defaults.Earlier;
import io.dgen.tests.codec.Defaults.EarlierForms;
import io.dgen.tests.codec.Defaults.EarlierKinds;
import io.dgen.tests.codec.Defaults.Marked;
import io.dgen.tests.codec.Defaults.Place;
import io.dgen.tests.codec.Defaults.Unmarked;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
          new byte[0],
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

  private static EarlierKinds.State earlierKinds() {
    EarlierKinds.One one = new EarlierKinds.One(7);
    return new EarlierKinds.State(one, one, one, one, one, one);
  }

  @Test
  void withoutDefaultIsNothingInAState() {
    StateSource source = STORED.source();
    assertNothing(Defaults_AllUnmarkedCodec.STATES.read(source));
  }

  @Test
  void everyOtherTypeIsNothingInAState() {
    MemoryState stored = MemoryState.of(Defaults_EarlierKindsCodec.STATES, earlierKinds());
    assertNothing(stored.read(KindsCodec.STATES));
    assertNothing(STORED.read(FormsCodec.STATES));
  }

  @Test
  void everyOtherTypeIsNothingInAMessage() {
    byte[] kinds =
        Terms.encode(
            out ->
                Defaults_EarlierKindsCodec.MESSAGES.write(
                    new Defaults_EarlierKindsMessage.Replace(
                        new EarlierKinds.Replace(earlierKinds())),
                    out));
    KindsMessage readKinds = Terms.decode(kinds, in -> KindsCodec.MESSAGES.read("Replace", in));
    assertNothing(((KindsMessage.Replace) readKinds).message().state());

    byte[] forms =
        Terms.encode(
            out ->
                Defaults_EarlierFormsCodec.MESSAGES.write(
                    new Defaults_EarlierFormsMessage.Replace(
                        new EarlierForms.Replace(new EarlierForms.State(7))),
                    out));
    FormsMessage readForms = Terms.decode(forms, in -> FormsCodec.MESSAGES.read("Replace", in));
    assertNothing(((FormsMessage.Replace) readForms).message().state());
  }

  @Test
  void whatReadAsNothingIsStoredByTheNextWrite() {
    MemoryState stored = MemoryState.of(Defaults_EarlierKindsCodec.STATES, earlierKinds());
    Kinds.State read = stored.read(KindsCodec.STATES);
    // As a round does it with what is outdated.
    stored.clearAll(new byte[0]);
    stored.write(KindsCodec.STATES, null, KindsCodec.STATES.freeze(read, read));
    assertNothing(stored.read(KindsCodec.STATES));
    assertThat(stored.source().isOutdated()).isFalse();
  }

  private static void assertNothing(Unmarked read) {
    assertThat(read).usingRecursiveComparison().isEqualTo(NOTHING);
  }

  private static void assertNothing(Forms.State read) {
    assertThat(read.names()).as("generic").isNull();
    assertThat(read.nested()).isNull();
    assertThat(read.figures()).isEmpty();
    assertThat(read.entries()).isEmpty();
    assertThat(read.chain()).as("recursive").isNull();
    assertThat(read.tree()).isNull();
    assertThat(read.root()).isNull();
    assertThat(read.result()).as("sealed").isNull();
    assertThat(read.results()).isNull();
    assertThat(read.events()).isEmpty();
    assertThat(read.opposites()).isEmpty();
    assertThat(read.versions()).isEmpty();
  }

  private static void assertNothing(Kinds.State read) {
    assertThat(read.times())
        .isEqualTo(
            new Kinds.Times(
                null, null, null, null, null, null, null, null, null, null, null, null, null,
                null));
    assertThat(read.numbers())
        .isEqualTo(
            new Kinds.Numbers(
                null,
                null,
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.empty()));
    Kinds.Primitives arrays = read.primitives();
    assertThat(
            List.of(
                requireNonNull(arrays.booleans()),
                requireNonNull(arrays.bytes()),
                requireNonNull(arrays.shorts()),
                requireNonNull(arrays.ints()),
                requireNonNull(arrays.longs()),
                requireNonNull(arrays.chars()),
                requireNonNull(arrays.floats()),
                requireNonNull(arrays.doubles())))
        .usingRecursiveComparison()
        .isEqualTo(
            List.of(
                new boolean[0],
                new byte[0],
                new short[0],
                new int[0],
                new long[0],
                new char[0],
                new float[0],
                new double[0]));
    Kinds.Objects objects = requireNonNull(read.objects());
    assertThat(objects.strings()).isEmpty();
    assertThat(objects.matrix()).isEmpty();
    assertThat(objects.blobs()).isEmpty();
    assertThat(objects.cube()).isEmpty();
    assertThat(objects.maybes()).isEmpty();
    assertThat(objects.purses()).isEmpty();
    assertThat(objects.boxes()).isEmpty();
    assertThat(read.sequences().collection()).isEmpty();
    assertThat(read.sequences().set()).isEmpty();
    assertThat(read.sequences().map()).isEmpty();
    assertThat(read.sequences().nested()).isEmpty();
    Kinds.Customs customs = read.customs();
    assertThat(customs.money()).isNull();
    assertThat(customs.purse()).isEmpty();
    assertThat(customs.moneys()).isEmpty();
    assertThat(customs.prices()).isEmpty();
    assertThat(customs.uri()).isNull();
    assertThat(customs.hex()).isZero();
    assertThat(customs.text()).as("what the codec says").hasToString("missing");
    assertThat(read.waiters()).isEmpty();
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
