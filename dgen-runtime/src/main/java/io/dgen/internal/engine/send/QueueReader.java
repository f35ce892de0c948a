package io.dgen.internal.engine.send;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.internal.engine.node.Assembly;
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
 * Reads the front of a queue, in pages, starting after the last message that was popped, so that no
 * deleted key is visited. Reads are snapshot reads: the head key ensures that no two consumers take
 * the same message, and a conflict with every push would starve the consumer.
 */
public final class QueueReader {

  private static final int PAGE = 64;

  private final Environment environment;
  private final StampedKeys keys;

  public QueueReader(Environment environment, EntityKeys keys) {
    this(environment, keys.messages());
  }

  /** Creates a reader of other messages that are stored as a queue is. */
  public QueueReader(Environment environment, StampedKeys keys) {
    this.environment = environment;
    this.keys = keys;
  }

  /** Begins to read the first page. */
  public CompletableFuture<List<KeyValue>> firstPage(ReadTransaction snapshot, byte[] head) {
    return snapshot.getRange(begin(head), keys.end(), PAGE);
  }

  /**
   * Returns where the queue begins if every message up to a given one was popped; all zero for
   * none.
   */
  public byte[] begin(byte[] head) {
    return keys.behind(head);
  }

  /**
   * Reads messages until there are no more, or enough.
   *
   * @param firstPage the result of {@link #firstPage}
   * @param maxMessages the most messages to return
   * @param maxBytes reading stops with the message that exceeds it
   * @throws CodecException if the first message is damaged
   */
  public Front checked(
      ReadTransaction snapshot, List<KeyValue> firstPage, int maxMessages, int maxBytes)
      throws InterruptedException {
    Front front = read(snapshot, firstPage, maxMessages, maxBytes);
    if (front.messages().isEmpty() && front.damage() != null) {
      throw new CodecException(front.damage().problem());
    }
    return front;
  }

  /**
   * Reads messages as {@link #checked} does; damage ends the front, and is in it if it comes first.
   */
  public Front read(
      ReadTransaction snapshot, List<KeyValue> firstPage, int maxMessages, int maxBytes)
      throws InterruptedException {
    List<Queued> messages = new ArrayList<>();
    List<KeyValue> page = firstPage;
    Assembly current = null;
    int bytes = 0;
    while (true) {
      for (KeyValue row : page) {
        String problem = null;
        if (current == null) {
          if (messages.size() == maxMessages || bytes > maxBytes) {
            return new Front(messages, true, null);
          }
          current = new Assembly(row);
          problem = current.problem;
        } else {
          problem = current.add(row);
        }
        if (problem != null) {
          return damaged(messages, current, problem);
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
    return current == null
        ? new Front(messages, false, null)
        : damaged(
            messages,
            current,
            "a queued message lacks chunks after the key "
                + Keys.printable(current.rows.getFirst().key()));
  }

  private Front damaged(List<Queued> messages, Assembly current, String problem) {
    return new Front(messages, true, messages.isEmpty() ? new Damage(current.rows, problem) : null);
  }

  /** A message whose chunks are being collected. */
  private final class Assembly {

    private final List<KeyValue> rows = new ArrayList<>(1);
    private final int count;

    /** Why no message can begin with its first row; null if one can. */
    final @Nullable String problem;

    Assembly(KeyValue first) {
      rows.add(first);
      int chunks = 0;
      String wrong = null;
      if (!keys.isFirstChunk(first.key())) {
        wrong = "the key " + Keys.printable(first.key()) + " is not the first chunk of a message";
      } else {
        try {
          chunks = Envelope.chunkCount(first.value());
        } catch (CodecException e) {
          wrong = e.getMessage();
        }
      }
      count = chunks;
      problem = wrong;
    }

    /** Adds the next row; returns why that is not possible, or null. */
    @Nullable String add(KeyValue row) {
      byte[] expected = keys.key(keys.stampOf(rows.getFirst().key()), rows.size());
      if (!Arrays.equals(row.key(), expected)) {
        return "a queued message lacks chunk "
            + rows.size()
            + " of "
            + count
            + " before the key "
            + Keys.printable(row.key());
      }
      rows.add(row);
      return null;
    }

    boolean isWhole() {
      return rows.size() == count;
    }

    Queued message() {
      byte[] bytes = rows.size() == 1 ? rows.getFirst().value() : Envelope.joined(rows);
      return new Queued(keys.stampOf(rows.getFirst().key()), bytes);
    }
  }
}
