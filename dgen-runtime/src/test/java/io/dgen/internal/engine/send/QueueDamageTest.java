package io.dgen.internal.engine.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.CodecException;
import io.dgen.generated.MessageKind;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.Envelope.Payload;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.store.KeyValue;
import io.dgen.store.Store;
import io.dgen.store.memory.MemoryStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue that is damaged in any way ends in messages or in a {@link CodecException}. */
class QueueDamageTest {

  private static final int MUTATIONS = 50_000;

  private final EntityKeys keys = new KeyLayout(new byte[] {7}).entity("Server", "id");
  private final QueueReader reader = new QueueReader(new SystemEnvironment(), keys);
  private final Store store = MemoryStore.open();

  @AfterEach
  void close() {
    store.close();
  }

  private static Envelope envelope(int payload) {
    return new Envelope(
        "Add",
        MessageKind.CALL,
        new NodeId(new UUID(1, 2)),
        3,
        1_700_000_000_000L,
        2,
        77,
        "java.lang.IllegalStateException: not today",
        null,
        "java.lang.IllegalStateException: not today\n\tat somewhere",
        4,
        false,
        5_000_000,
        true,
        "",
        null,
        new Payload(new byte[payload]));
  }

  /** The rows of messages of some sizes, in the order of their keys. */
  private List<KeyValue> rows(int... payloads) {
    List<KeyValue> rows = new ArrayList<>();
    for (int message = 0; message < payloads.length; message++) {
      byte[] stamp = new byte[KeyLayout.STAMP_LENGTH];
      stamp[9] = (byte) (message + 1);
      List<byte[]> chunks = envelope(payloads[message]).chunks();
      for (int chunk = 0; chunk < chunks.size(); chunk++) {
        rows.add(new KeyValue(keys.queueKey(stamp, chunk), chunks.get(chunk)));
      }
    }
    return rows;
  }

  private Front read(List<KeyValue> rows) {
    return store.run(
        transaction -> {
          try {
            return reader.read(transaction.snapshot(), rows, 100, Integer.MAX_VALUE);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** What is intact before the damage comes back first, and then the damage as such. */
  private void assertDamage(List<KeyValue> rows, String problem) {
    List<KeyValue> left = rows;
    Front front = read(left);
    while (!front.messages().isEmpty()) {
      assertThat(front.damage()).isNull();
      int read = front.messages().stream().mapToInt(it -> Envelope.chunkCount(it.bytes)).sum();
      left = left.subList(read, left.size());
      front = read(left);
    }
    Damage damage = Objects.requireNonNull(front.damage());
    assertThat(damage.problem()).contains(problem);
    assertThat(damage.rows()).isNotEmpty();
  }

  @Test
  void messagesComeBackFromAnyNumberOfChunks() {
    Front front = read(rows(0, 250_000, 10, 99_800, 100_000));
    assertThat(front.messages())
        .extracting(it -> it.envelope().payload().bytes.length)
        .containsExactly(0, 250_000, 10, 99_800, 100_000);
    assertThat(front.messages().getFirst().envelope().error()).contains("not today");
  }

  @Test
  void everyMissingChunkIsFound() {
    for (int missing = 1; missing <= 3; missing++) {
      List<KeyValue> rows = rows(10, 250_000, 10);
      rows.remove(missing);
      assertDamage(rows, missing == 1 ? "is not the first chunk" : "lacks chunk");
    }
    assertDamage(rows(250_000).subList(0, 2), "lacks chunks after the key");
  }

  @Test
  void anExtraChunkIsFound() {
    List<KeyValue> rows = rows(10, 10);
    byte[] stamp = keys.stampOf(rows.getFirst().key());
    rows.add(1, new KeyValue(keys.queueKey(stamp, 1), new byte[10]));
    assertDamage(rows, "is not the first chunk of a message");
  }

  @Test
  void theChunkOfAnotherMessageIsFound() {
    List<KeyValue> rows = rows(250_000, 250_000);
    rows.subList(1, 4).clear();
    assertDamage(rows, "lacks chunk 1 of 3");
  }

  @Test
  void aLengthIsNotAllocatedBeforeItIsThere() {
    byte[] claims = ByteBuffer.allocate(8).putInt(0).putInt(Integer.MAX_VALUE).array();
    assertThat(Envelope.chunkCount(claims)).isEqualTo(21_475);
    assertThatThrownBy(() -> Envelope.decode(claims))
        .isInstanceOf(CodecException.class)
        .hasMessage("a queued message of 8 bytes is damaged: it claims 2147483655");
    assertThatThrownBy(() -> Envelope.decode(new byte[7]))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("it is too short");
    assertThatThrownBy(() -> Envelope.chunkCount(new byte[] {-1, 0, 0, 0, 0, 0, 0, 0}))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("a negative length");
  }

  @Test
  void aDeepHeaderIsNotFollowed() {
    byte[] header = new byte[1_000_000];
    Arrays.fill(header, (byte) 0x05);
    byte[] bytes =
        ByteBuffer.allocate(8 + header.length).putInt(header.length).putInt(0).put(header).array();
    assertThatThrownBy(() -> Envelope.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("not a tuple of scalars");
  }

  @Test
  void damagedMessagesEndInAMessageOrACodecException() {
    Random random = new Random(20_260_102);
    byte[] sound = envelope(20).chunks().getFirst();
    int refused = 0;
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = sound.clone();
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(4)) {
          case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> damaged[at] = (byte) random.nextInt(256);
          case 2 -> damaged = Arrays.copyOf(damaged, at + 1);
          default ->
              damaged[random.nextInt(Math.min(8, damaged.length))] ^= (byte) random.nextInt();
        }
      }
      try {
        assertThat(Envelope.chunkCount(damaged)).isPositive();
        var unused = Envelope.decode(damaged);
        read++;
      } catch (CodecException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutation " + i + ": " + HexFormat.of().formatHex(damaged), e);
      }
    }
    assertThat(refused).isGreaterThan(10_000);
    assertThat(read).isGreaterThan(1_000);
  }
}
