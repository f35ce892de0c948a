package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a schema file lets pass is really read: in states, and in messages. */
class WidthTest {

  static final Narrow.State LARGE =
      new Narrow.State(
          Byte.MIN_VALUE,
          Byte.MAX_VALUE,
          Short.MIN_VALUE,
          Short.MAX_VALUE,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          7,
          8,
          Long.MAX_VALUE,
          Character.MAX_VALUE,
          'x',
          Float.MIN_VALUE,
          true,
          Integer.MIN_VALUE,
          "text",
          Optional.of("optional"),
          Optional.of(5),
          Optional.of(Optional.of(6)),
          Narrow.Color.RED,
          Narrow.Color.CYAN,
          List.of(1, 2),
          Set.of("one"),
          Map.of(-1, 300),
          Map.of(-1, 300),
          Map.of(Narrow.Color.GREEN, "g"),
          Map.of(Narrow.Color.RED, "r"),
          Map.of(new Narrow.Pair(1, 2), "p"),
          new Narrow.Pair(3, 4),
          Map.of("x", 1, "y", 2, "other", 3),
          List.of(item("a"), item("b")),
          List.of(item("c")),
          List.of(item("d"), item("e")),
          List.of(new Narrow.Circle(1.5f), new Narrow.Rect(1, 2)),
          "dropped",
          "renamed");

  private static final Wide.State LARGE_READ =
      new Wide.State(
          Byte.MIN_VALUE,
          Byte.MAX_VALUE,
          Short.MIN_VALUE,
          Short.MAX_VALUE,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          7,
          Optional.of(8L),
          BigDecimal.valueOf(Long.MAX_VALUE),
          Character.MAX_VALUE,
          (long) 'x',
          Float.MIN_VALUE,
          true,
          (long) Integer.MIN_VALUE,
          Optional.of("text"),
          "optional",
          Optional.of(5L),
          Optional.of(Optional.of(6L)),
          "RED",
          Wide.Color.CYAN,
          List.of(1L, 2L),
          List.of("one"),
          Map.of(-1L, 300L),
          Map.of(-1L, 300L),
          Map.of("GREEN", "g"),
          Map.of(Wide.Color.ROUGE, "r"),
          Map.of(new Wide.Couple(1, 2L, Optional.empty()), "p"),
          Map.of("a", 3L, "b", 4L),
          new Wide.Parts(1, 2L, null),
          List.of(thing("a"), thing("b")),
          List.of(thing("c")),
          List.of(thing("d"), thing("e")),
          List.of(new Wide.Round(1.5), new Wide.Rect(1, 2, null)),
          "renamed",
          List.of());

  private static final Narrow.State EMPTY =
      new Narrow.State(
          (byte) 0,
          (byte) 0,
          (short) 0,
          (short) 0,
          0,
          0,
          0,
          0,
          0,
          '\0',
          null,
          0,
          false,
          null,
          null,
          Optional.empty(),
          null,
          Optional.of(Optional.empty()),
          null,
          null,
          List.of(),
          Set.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          null,
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          "",
          "");

  private static final Wide.State EMPTY_READ =
      new Wide.State(
          (short) 0,
          0,
          0,
          0,
          0,
          0,
          0,
          Optional.of(0L),
          BigDecimal.ZERO,
          0,
          null,
          0,
          false,
          null,
          Optional.empty(),
          null,
          null,
          Optional.of(Optional.empty()),
          null,
          null,
          List.of(),
          List.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          null,
          new Wide.Parts(null, null, null),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          "",
          List.of());

  private static Narrow.Item item(String id) {
    return new Narrow.Item(id, 3, Narrow.Color.RED, "dropped");
  }

  private static Wide.Thing thing(String id) {
    return new Wide.Thing(id, 3, Wide.Color.ROUGE);
  }

  @Test
  void statesAreRead() {
    assertStateIsRead(LARGE, LARGE_READ);
    assertStateIsRead(EMPTY, EMPTY_READ);
  }

  @Test
  void messagesAreRead() {
    assertMessageIsRead(LARGE, LARGE_READ);
    assertMessageIsRead(EMPTY, EMPTY_READ);
  }

  private static void assertStateIsRead(Narrow.State written, Wide.State expected) {
    MemoryState stored = MemoryState.of(NarrowCodec.STATES, written);
    StateSource source = stored.source();
    Wide.State read = WideCodec.STATES.read(source);
    assertThat(read).isEqualTo(expected);
    assertThat(source.isOutdated()).isTrue();
    // As a round does it with what is outdated.
    stored.clearAll(new byte[0]);
    stored.write(WideCodec.STATES, null, WideCodec.STATES.freeze(read, read));
    source = stored.source();
    assertThat(WideCodec.STATES.read(source)).isEqualTo(expected);
    assertThat(source.isOutdated()).isFalse();
  }

  private static void assertMessageIsRead(Narrow.State written, Wide.State expected) {
    byte[] bytes =
        Terms.encode(
            out -> NarrowCodec.MESSAGES.write(new NarrowMessage.Put(new Narrow.Put(written)), out));
    WideMessage read = Terms.decode(bytes, in -> WideCodec.MESSAGES.read("Put", in));
    assertThat(((WideMessage.Put) read).message()).isEqualTo(new Wide.Put(expected));
  }
}
