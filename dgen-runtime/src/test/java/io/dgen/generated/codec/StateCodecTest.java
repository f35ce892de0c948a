package io.dgen.generated.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts that generated state codecs are made of, by means of one written by hand. */
class StateCodecTest {

  private static final byte[] PREFIX = {7};

  record Note(@Nullable String text, long count) {}

  /** As an older and a newer version of the schema: which components there are differs. */
  private static final class NoteRecord implements ComponentwiseCodec<Note> {

    private static final StateName TEXT = StateName.of("text");
    private static final StateName COUNT = StateName.of("count");

    private final boolean hasText;

    NoteRecord(boolean hasText) {
      this.hasText = hasText;
    }

    @Override
    public boolean hasParts(Note value) {
      return true;
    }

    @Override
    public void put(StateWriter out, Note value) {
      if (hasText) {
        out.putTerm(TEXT, TermCodecs.STRING, value.text());
      }
      out.put(COUNT, value.count());
    }

    @Override
    public void change(StateWriter out, Note before, Note after) {
      if (hasText) {
        out.changeTerm(TEXT, TermCodecs.STRING, before.text(), after.text());
      }
      if (before.count() != after.count()) {
        out.put(COUNT, after.count());
      }
    }

    @Override
    public Note read(StateReader in) {
      String text = null;
      long count = 0;
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        if (name.equals("text") && hasText) {
          text = in.readTerm(TermCodecs.STRING);
        } else if (name.equals("count")) {
          count = in.term().readLong();
        } else {
          in.skip();
        }
      }
      if (count < 0) {
        throw new IllegalArgumentException("negative");
      }
      return new Note(text, count);
    }

    @Override
    public void write(TermWriter out, @Nullable Note value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(2);
      out.name("text");
      out.writeString(value.text());
      out.name("count");
      out.writeLong(value.count());
      out.endMap();
    }

    @Override
    public @Nullable Note read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      String text = null;
      long count = 0;
      in.startRecord("Note");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        if (name.equals("text")) {
          text = in.readString();
        } else if (name.equals("count")) {
          count = in.readLong();
        } else {
          in.skip();
        }
      }
      return new Note(text, count);
    }

    @Override
    public @Nullable Note freeze(@Nullable Note value) {
      return value;
    }

    @Override
    public @Nullable Note freeze(@Nullable Note before, @Nullable Note after) {
      return after;
    }
  }

  private static final StateCodec<Note> CODEC =
      StateCodec.of("Note", new NoteRecord(true), SchemaVersion.UNKNOWN);

  /** Without the text: what a version reads that dropped it. */
  private static final StateCodec<Note> LATER =
      StateCodec.of("Note", new NoteRecord(false), SchemaVersion.UNKNOWN);

  private final TreeMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
  private final List<String> log = new ArrayList<>();

  private final StateSink sink =
      new StateSink() {
        @Override
        public void set(byte[] path, byte[] value) {
          assertThat(value.length).isLessThanOrEqualTo(100_000);
          log.add("set " + Tuple.fromBytes(path).getItems());
          pairs.put(path, value);
        }

        @Override
        public void clearAll(byte[] path) {
          log.add("clear " + Tuple.fromBytes(path).getItems());
          pairs.keySet().removeIf(key -> Keys.startsWith(key, path));
        }
      };

  private StateSource source() {
    List<KeyValue> list = new ArrayList<>();
    pairs.forEach((path, value) -> list.add(new KeyValue(Keys.join(PREFIX, path), value)));
    return new StateSource(PREFIX.length, list);
  }

  private List<String> write(@Nullable Note before, Note after) {
    log.clear();
    CODEC.write(before, after, sink);
    return List.copyOf(log);
  }

  private void store(byte[] value, Object... path) {
    pairs.put(Tuple.from(path).pack(), value);
  }

  private static byte[] term(@Nullable String text) {
    return Terms.encode(out -> out.writeString(text));
  }

  @Test
  void aLongTermIsCutIntoChunksOfAHundredThousandBytes() {
    Note small = new Note("x", 1);
    Note large = new Note("x".repeat(250_000), 1);
    Note huge = new Note("y".repeat(1_000_000), 1);
    assertThat(write(null, small)).containsExactly("set [text, 0]", "set [count, 0]");
    assertThat(write(small, large))
        .containsExactly("set [text, 0]", "set [text, 1]", "set [text, 2]");
    assertThat(CODEC.read(source())).isEqualTo(large);
    assertThat(write(large, huge)).hasSize(11).doesNotContain("set [text, 11]");
    StateSource source = source();
    assertThat(CODEC.read(source)).isEqualTo(huge);
    assertThat(source.isOutdated()).isFalse();
    assertThat(write(huge, large))
        .containsExactly(
            "set [text, 0]",
            "set [text, 1]",
            "set [text, 2]",
            "clear [text, 3]",
            "clear [text, 4]",
            "clear [text, 5]",
            "clear [text, 6]",
            "clear [text, 7]",
            "clear [text, 8]",
            "clear [text, 9]",
            "clear [text, 10]");
    assertThat(CODEC.read(source())).isEqualTo(large);
    assertThat(write(large, new Note(null, 1))).contains("set [text, 0]", "clear [text, 2]");
    assertThat(CODEC.read(source())).isEqualTo(new Note(null, 1));
    assertThat(pairs).hasSize(2);
  }

  @Test
  void aTermMayHaveAnyNumberOfChunks() {
    byte[] all = term("z".repeat(2_000));
    for (int size : new int[] {1, 7, 300, 1_999, 5_000}) {
      pairs.clear();
      store(new byte[] {1}, "count", 0);
      int chunk = 0;
      for (int from = 0; from < all.length; from += size) {
        store(Arrays.copyOfRange(all, from, Math.min(all.length, from + size)), "text", chunk++);
      }
      StateSource source = source();
      assertThat(CODEC.read(source)).isEqualTo(new Note("z".repeat(2_000), 1));
      // A difference would leave chunks behind, so the whole must be written again.
      assertThat(source.isOutdated()).isEqualTo(chunk > 1);
    }
  }

  @Test
  void aChunkBoundaryMayLieAnywhereNearTheLimit() {
    Note before = new Note("", 0);
    write(null, before);
    for (int length = 99_990; length <= 100_000; length++) {
      Note after = new Note("x".repeat(length), 0);
      write(before, after);
      assertThat(CODEC.read(source())).isEqualTo(after);
      assertThat(pairs).hasSize(length + 5 > 100_000 ? 3 : 2);
      before = after;
    }
  }

  @Test
  void whatIsGoneFromTheSchemaIsSkippedAndMakesTheSourceOutdated() {
    write(null, new Note("x".repeat(250_000), 5));
    StateSource source = source();
    assertThat(LATER.read(source)).isEqualTo(new Note(null, 5));
    assertThat(source.isOutdated()).isTrue();
  }

  @Test
  void whatIsNewInTheSchemaReadsAsItsDefault() {
    LATER.write(null, new Note(null, 5), sink);
    StateSource source = source();
    assertThat(CODEC.read(source)).isEqualTo(new Note(null, 5));
    assertThat(source.isOutdated()).isFalse();
  }

  @Test
  void aRecordThatWasWrittenAsATermIsReadAndOutdated() {
    store(Terms.encode(out -> new NoteRecord(true).write(out, new Note("x", 3))), 0);
    StateSource source = source();
    assertThat(CODEC.read(source)).isEqualTo(new Note("x", 3));
    assertThat(source.isOutdated()).isTrue();
  }

  @Test
  void damagedKeysAndValuesAreNamed() {
    byte[] one = {1};
    store(one, "count", 0);
    store(one, "text", 0);
    assertBad("Note.text: expected a string, found an integer (byte 0)");
    store(term("x"), "text", 0);
    store(term("x"), "text", 1);
    assertBad("Note.text: something follows the end of the term (byte 2)");
    pairs.remove(Tuple.from("text", 0).pack());
    assertBad("Note.text: a chunk is missing before (key \\x02text\\x00\\x15\\x01)");
    pairs.remove(Tuple.from("text", 1).pack());
    store(one, "text", "deeper", 0);
    assertBad("Note.text: expected a string, found a map (byte 0)");
    pairs.remove(Tuple.from("text", "deeper", 0).pack());
    store(one, "text");
    assertBad("Note.text: the key holds no number of a chunk");
    pairs.remove(Tuple.from("text").pack());
    store(one, 2.5);
    assertBad("Note: the key holds no component name");
    pairs.remove(Tuple.from(2.5).pack());
    store(new byte[] {0x20}, "count", 0);
    assertBad("Note: java.lang.IllegalArgumentException: negative");
    pairs.clear();
    store(new byte[] {(byte) 0xF6}, 0);
    assertBad("Note: null is stored, which is not a state");
    pairs.clear();
    assertBad("Note: nothing is stored");
  }

  private void assertBad(String message) {
    assertThatThrownBy(() -> CODEC.read(source()))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void damagedKeysEndInAStateOrACodecException() {
    byte[] text = term("0123456789");
    store(new byte[] {5}, "count", 0);
    store(Arrays.copyOf(text, 5), "text", 0);
    store(Arrays.copyOfRange(text, 5, text.length), "text", 1);
    List<KeyValue> sound = source().pairs();
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      List<KeyValue> damaged = new ArrayList<>(sound);
      int at = random.nextInt(damaged.size());
      byte[] key = damaged.get(at).key().clone();
      if (random.nextBoolean()) {
        key[random.nextInt(key.length)] = (byte) random.nextInt(256);
      } else {
        key = Arrays.copyOf(key, random.nextInt(key.length + 3));
      }
      damaged.set(at, new KeyValue(key, damaged.get(at).value()));
      try {
        CODEC.read(new StateSource(PREFIX.length, damaged));
      } catch (CodecException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  /** A key that is read as another would be written to is not cleared by a difference. */
  @Test
  void aKeyInAnotherFormThanOursIsRefused() {
    StateCodec<Map<Long, Long>> longs =
        StateCodec.of(
            "Map", TermCodecs.entries(TermCodecs.LONG, TermCodecs.LONG), SchemaVersion.UNKNOWN);
    StateCodec<Map<String, Long>> strings =
        StateCodec.of(
            "Map", TermCodecs.entries(TermCodecs.STRING, TermCodecs.LONG), SchemaVersion.UNKNOWN);
    assertThat(longs.read(foreign("05150500", "14"))).isEqualTo(Map.of(5L, 1L));
    assertForeign(longs, "0516000500", "14");
    assertForeign(longs, "0512fffa00", "14");
    assertForeign(strings, "0502ff0000", "14");
    assertForeign(longs, "05150500", "1500");
    assertForeign(longs, "05150500", "160000");
  }

  private static StateSource foreign(String entry, String chunk) {
    byte[] key = HexFormat.of().parseHex(entry + chunk);
    return new StateSource(0, List.of(new KeyValue(key, new byte[] {1})));
  }

  private static void assertForeign(StateCodec<?> codec, String entry, String chunk) {
    assertThatThrownBy(() -> codec.read(foreign(entry, chunk)))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("Map");
  }
}
