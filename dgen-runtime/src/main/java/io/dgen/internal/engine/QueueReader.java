package io.dgen.internal.engine;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads the front of a queue, in pages, starting behind the last message that was popped, so that
 * no deleted key is visited. Reads are snapshot reads: that no two consumers take one message is
 * the work of the head key, and a conflict with every push would starve the consumer.
 */
final class QueueReader {

  private static final int PAGE = 64;

  private final Environment environment;
  private final StampedKeys keys;

  QueueReader(Environment environment, EntityKeys keys) {
    this(environment, keys.messages());
  }

  /** Reads other messages that are stored as a queue is. */
  QueueReader(Environment environment, StampedKeys keys) {
    this.environment = environment;
    this.keys = keys;
  }

  /** Begins to read the first page. */
  CompletableFuture<List<KeyValue>> firstPage(ReadTransaction snapshot, byte[] head) {
    return snapshot.getRange(begin(head), keys.end(), PAGE);
  }

  /** Where the queue begins when everything up to a message was popped; all zero for nothing. */
  byte[] begin(byte[] head) {
    return keys.behind(head);
  }

  /**
   * Reads messages until there are no more, or enough.
   *
   * @param firstPage what {@link #firstPage} gave
   * @param maxMessages the most messages to return
   * @param maxBytes reading stops with the message that passes it
   */
  Front read(ReadTransaction snapshot, List<KeyValue> firstPage, int maxMessages, int maxBytes)
      throws InterruptedException {
    List<Queued> messages = new ArrayList<>();
    List<KeyValue> page = firstPage;
    Assembly current = null;
    int bytes = 0;
    while (true) {
      for (KeyValue row : page) {
        if (current == null) {
          if (messages.size() == maxMessages || bytes > maxBytes) {
            return new Front(messages, true);
          }
          current = new Assembly(row);
        } else {
          current.add(row);
        }
        bytes += row.value().length;
        if (current.isWhole()) {
          messages.add(current.message());
          current = null;
        }
      }
      if (page.size() < PAGE) {
        break;
      }
      byte[] next = Keys.after(page.getLast().key());
      page = environment.await(snapshot.getRange(next, keys.end(), PAGE));
    }
    if (current != null) {
      throw new CodecException(
          "a queued message lacks chunks behind the key " + Keys.printable(current.first.key()));
    }
    return new Front(messages, false);
  }

  /**
   * The front of a queue.
   *
   * @param messages the messages in order
   * @param more whether there are more behind them
   */
  record Front(List<Queued> messages, boolean more) {

    static final Front EMPTY = new Front(List.of(), false);
  }

  /** A message with its place in the queue. */
  static final class Queued {

    final byte[] stamp;
    final byte[] bytes;
    private @Nullable Envelope envelope;

    private Queued(byte[] stamp, byte[] bytes) {
      this.stamp = stamp;
      this.bytes = bytes;
    }

    /** Under which key the message counts once; null for none, or if it cannot be read. */
    @Nullable String idempotencyKey() {
      try {
        return envelope().idempotencyKey();
      } catch (RuntimeException e) {
        return null;
      }
    }

    /** The call that waits for a reply; null for none, or if the message cannot be read. */
    @Nullable Caller caller() {
      try {
        return envelope().caller();
      } catch (RuntimeException e) {
        return null;
      }
    }

    /**
     * The message.
     *
     * @throws CodecException if it cannot be read
     */
    Envelope envelope() {
      Envelope known = envelope;
      if (known == null) {
        known = Envelope.decode(bytes);
        envelope = known;
      }
      return known;
    }
  }

  /** A message whose chunks are being collected. */
  private final class Assembly {

    private final KeyValue first;
    private final List<byte[]> chunks = new ArrayList<>(1);
    private final int count;

    Assembly(KeyValue first) {
      if (!keys.isFirstChunk(first.key())) {
        throw new CodecException(
            "the key " + Keys.printable(first.key()) + " is not the first chunk of a message");
      }
      this.first = first;
      this.count = Envelope.chunkCount(first.value());
      chunks.add(first.value());
    }

    void add(KeyValue row) {
      byte[] expected = keys.key(keys.stampOf(first.key()), chunks.size());
      if (!Arrays.equals(row.key(), expected)) {
        throw new CodecException(
            "a queued message lacks chunk "
                + chunks.size()
                + " of "
                + count
                + " before the key "
                + Keys.printable(row.key()));
      }
      chunks.add(row.value());
    }

    boolean isWhole() {
      return chunks.size() == count;
    }

    Queued message() {
      byte[] bytes =
          chunks.size() == 1 ? chunks.getFirst() : Keys.join(chunks.toArray(byte[][]::new));
      return new Queued(keys.stampOf(first.key()), bytes);
    }
  }
}
