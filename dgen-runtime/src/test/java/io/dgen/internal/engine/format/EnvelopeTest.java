package io.dgen.internal.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.generated.MessageKind;
import io.dgen.internal.engine.format.Envelope.Payload;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers of queued messages, with the fields that came to them over time. */
class EnvelopeTest {

  private static final NodeId NODE = new NodeId(new UUID(1, 2));
  private static final byte[] PAYLOAD = {1, 2, 3};

  private static Envelope envelope(boolean hasLocked, long patience, boolean unreadable) {
    return new Envelope(
        "Add",
        MessageKind.CALL,
        NODE,
        3,
        1_700_000_000_000L,
        2,
        77,
        "why",
        "key",
        "where",
        0,
        hasLocked,
        patience,
        unreadable,
        "",
        null,
        new Payload(PAYLOAD));
  }

  private static byte[] stored(Tuple header) {
    byte[] packed = header.pack();
    byte[] sizes =
        ByteBuffer.allocate(2 * Integer.BYTES).putInt(packed.length).putInt(PAYLOAD.length).array();
    return Keys.join(sizes, packed, PAYLOAD);
  }

  /** The fields that every version since the first release of the format writes. */
  private static Tuple oldHeader() {
    return Tuple.from(
        1, "Add", "CALL", NODE.value(), 3, 1_700_000_000_000L, 2, 77, "why", "key", "where", 0);
  }

  @ParameterizedTest
  @CsvSource({
    "false, 0, false",
    "true, 0, false",
    "false, 5000000, false",
    "true, 5000000, false",
    "false, 0, true",
    "true, 5000000, true"
  })
  void everyFieldIsReadAsWritten(boolean hasLocked, long patience, boolean unreadable) {
    Envelope read = Envelope.decode(envelope(hasLocked, patience, unreadable).encoded());
    assertThat(read.hasLocked()).isEqualTo(hasLocked);
    assertThat(read.patience()).isEqualTo(patience);
    assertThat(read.unreadable()).isEqualTo(unreadable);
    assertThat(read.payload().bytes).isEqualTo(PAYLOAD);
    assertThat(read.caller()).isEqualTo(new Caller(NODE, 3));
  }

  private static final Ask ASK =
      new Ask(new Address("Order", "o1"), new UUID(3, 4), new Address("Stock", "lamps"));

  @Test
  void whatIsAskedIsReadAsWrittenAndKeepsItsAsker() {
    Envelope asked = envelope(false, 5, false).asking(ASK).failed(9, new ErrorText("no", ""));
    assertThat(Envelope.decode(asked.encoded()).caller()).isEqualTo(Caller.of(ASK));
    assertThat(Envelope.callerOf(asked.encoded())).isEqualTo(Caller.of(ASK));
    assertThat(Envelope.decode(asked.fresh().encoded()).caller()).as("requeued").isNull();
    assertThat(Ask.parse(ASK.number(), ASK.text())).isEqualTo(ASK);
  }

  /** It would run it, and answer nobody. */
  @Test
  void anOlderVersionDoesNotReadWhatIsAskedNorAnswers() {
    byte[] asked = envelope(false, 0, false).asking(ASK).encoded();
    byte[] answer = Envelope.of("Stock.Reserve", MessageKind.ANSWER, 1, null, PAYLOAD).encoded();
    for (byte[] bytes : new byte[][] {asked, answer}) {
      Tuple header = FlatTuple.decode(bytes, 8, ByteBuffer.wrap(bytes).getInt());
      assertThat(header.getLong(0)).as("the format, which was 1").isEqualTo(2);
    }
  }

  @Test
  void aMessageOfAnOlderVersionHasNoDeadline() {
    for (Tuple header : new Tuple[] {oldHeader(), oldHeader().add(1)}) {
      Envelope read = Envelope.decode(stored(header));
      assertThat(read.patience()).isZero();
      assertThat(read.unreadable()).isFalse();
      assertThat(read.hasLocked()).isEqualTo(header.size() > 12);
      assertThat(read.isLate(Long.MAX_VALUE, 0)).isFalse();
    }
  }

  /** What an older node does not know comes behind what it reads. */
  @Test
  void anOlderVersionReadsTheBeginning() {
    byte[] bytes = envelope(false, 5, true).encoded();
    Tuple header = FlatTuple.decode(bytes, 8, ByteBuffer.wrap(bytes).getInt());
    assertThat(header.getItems().subList(0, 12))
        .isEqualTo(Tuple.fromBytes(oldHeader().pack()).getItems());
    assertThat(header.getLong(12)).as("has not held the lock").isZero();
  }

  @Test
  void theDeadlineCountsFromWhereTheMessageCameToTheQueue() {
    Envelope call = envelope(false, 100, false);
    assertThat(call.isLate(1100, 1000)).isFalse();
    assertThat(call.isLate(1101, 1000)).isTrue();
    assertThat(call.afterLock().isLate(1101, 1000)).as("has held the lock").isFalse();
    assertThat(call.afterLock().isCallerGone(1101, 1000)).isTrue();
    assertThat(call.fresh().isLate(Long.MAX_VALUE, 0)).as("requeued").isFalse();
  }

  /** Its steps are under its origin, wherever it goes. */
  @Test
  void theOriginIsKeptWhereverTheMessageGoes() {
    byte[] stamp = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    byte[] later = new byte[] {2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Envelope message = envelope(true, 0, false);
    assertThat(message.origin(stamp)).isEqualTo(stamp);
    Envelope letter = Envelope.decode(message.withOrigin(stamp).fresh().encoded());
    assertThat(letter.hasLocked()).isFalse();
    assertThat(letter.mayHaveSteps()).isTrue();
    assertThat(letter.origin(later)).isEqualTo(stamp);
    assertThat(letter.withOrigin(later).afterLock().origin(later)).isEqualTo(stamp);
    assertThat(letter.payload().bytes).isEqualTo(PAYLOAD);
  }
}
