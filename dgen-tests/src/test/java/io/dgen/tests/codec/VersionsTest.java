package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.codec.SchemaVersion;
import io.dgen.codec.UnreadableException;
import io.dgen.examples.counter.Counter;
import io.dgen.examples.counter.CounterCodec;
import io.dgen.examples.counter.CounterMessage;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import org.junit.jupiter.api.Test;

/** What a program cannot read says which version wrote it, and which version the program has. */
class VersionsTest {

  private static final SchemaVersion OLD = CounterCodec.STATES.version();
  private static final SchemaVersion NEW = new SchemaVersion(Integer.MAX_VALUE);

  /** {@code [version, {"by": true}]}, as a version would write it in which that is a boolean. */
  private static byte[] message(SchemaVersion writer) {
    return Terms.encode(
        out -> {
          out.startList(2);
          out.writeLong(writer.number());
          out.startMap(1);
          out.name("by");
          out.writeBoolean(true);
          out.endMap();
          out.endList();
        });
  }

  private static CounterMessage read(byte[] message, String name) {
    return Terms.decode(message, in -> CounterCodec.MESSAGES.read(name, in));
  }

  @Test
  void aMessageOfAnotherVersionNamesBoth() {
    UnreadableException error =
        catchThrowableOfType(UnreadableException.class, () -> read(message(NEW), "Increment"));
    assertThat(error)
        .hasMessageStartingWith("Increment.by: expected a long, found a boolean (byte ")
        .hasMessageEndingWith("); schema version 2147483647 wrote it, and this program has " + OLD);
    assertThat(error.writtenBy()).isEqualTo(NEW);
    assertThat(error.readBy()).isEqualTo(OLD);
    assertThat(error.path()).contains("Increment.by");
    assertThat(error.ofEntity("Counter(\"c\")"))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("Counter(\"c\"): " + error.getMessage());
  }

  @Test
  void anUnknownMessageNamesBoth() {
    assertThatThrownBy(() -> read(message(NEW), "Reset"))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("no message record named Reset in server Counter")
        .hasMessageEndingWith("; schema version 2147483647 wrote it, and this program has " + OLD);
  }

  @Test
  void unknownConstantsAndVariantsNameBoth() {
    SchemaVersion old = NarrowCodec.STATES.version();
    SchemaVersion now = WideCodec.STATES.version();
    assertThat(old).isNotEqualTo(now);
    String versions = "; " + now + " wrote it, and this program has " + old;

    MemoryState stored = MemoryState.of(NarrowCodec.STATES, WidthTest.LARGE);
    stored.set(Tuple.from("moreColors", 0).pack(), Terms.encode(out -> out.writeString("BLACK")));
    StateSource source = stored.source();
    StateSource written = new StateSource(source.prefixLength(), source.pairs(), now);
    assertThatThrownBy(() -> NarrowCodec.STATES.read(written))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("State.moreColors: enum Narrow.Color has no constant BLACK;")
        .hasMessageEndingWith(versions);

    stored.set(Tuple.from("moreColors", 0).pack(), Terms.encode(out -> out.writeString("GREEN")));
    stored.set(
        Tuple.from("forms", 0).pack(),
        Terms.encode(
            out -> {
              out.startList(1);
              out.startMap(1);
              out.name("Square");
              out.writeNull();
              out.endMap();
              out.endList();
            }));
    StateSource other = stored.source();
    assertThatThrownBy(
            () ->
                NarrowCodec.STATES.read(new StateSource(other.prefixLength(), other.pairs(), now)))
        .hasMessageContaining("sealed Narrow.Form has no variant Square")
        .hasMessageEndingWith(versions);
  }

  @Test
  void whatTheSameVersionWroteIsDamaged() {
    assertThatThrownBy(() -> read(message(OLD), "Increment"))
        .isInstanceOf(UnreadableException.class)
        .hasMessageNotContaining("wrote it");
    assertThatThrownBy(() -> read(new byte[] {(byte) 0x83, 1, (byte) 0xA0, 1}, "Value"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("a message must be a version and a record");
  }

  @Test
  void aMessageFromBeforeThereWereVersionsIsRead() {
    byte[] bare =
        Terms.encode(
            out -> {
              out.startMap(1);
              out.name("by");
              out.writeLong(5);
              out.endMap();
            });
    assertThat(((CounterMessage.Increment) read(bare, "Increment")).message())
        .isEqualTo(new Counter.Increment(5));
    assertThatThrownBy(() -> read(new byte[] {1}, "Increment"))
        .isInstanceOf(UnreadableException.class)
        .hasMessageNotContaining("wrote it");
  }
}
