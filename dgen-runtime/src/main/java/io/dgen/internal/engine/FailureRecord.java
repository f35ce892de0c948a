package io.dgen.internal.engine;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts a failed attempt in the message itself, which stays at its place in the queue, with the
 * version before which it is not tried again. The store's versions are the clock that all nodes
 * share.
 */
final class FailureRecord {

  private static final Logger LOG = LoggerFactory.getLogger(FailureRecord.class);
  private static final int MAX_ERROR_LENGTH = 1000;

  private final Engine engine;
  private final EntityKeys keys;
  private final Activations.Address address;

  FailureRecord(Engine engine, EntityKeys keys, Activations.Address address) {
    this.engine = engine;
    this.keys = keys;
    this.address = address;
  }

  /**
   * Records the failure of a queued message.
   *
   * @return how many microseconds it is to wait; 0 if it is not in the queue as it was
   */
  long ofQueued(QueueReader.Queued queued, Throwable reason) throws InterruptedException {
    Envelope envelope;
    try {
      envelope = queued.envelope();
    } catch (CodecException e) {
      // Nothing can be counted in what cannot be read. It stays, for a newer version of dgen.
      LOG.error("the first queued message of {} cannot be read and blocks its queue", address, e);
      return engine.backOff().longest();
    }
    long wait = engine.backOff().afterFailures(envelope.attempts() + 1);
    log(envelope.name(), envelope.attempts() + 1, wait, reason);
    byte[] begin = keys.queueKey(queued.stamp, 0);
    byte[] end = keys.behind(queued.stamp);
    return engine
        .transactor()
        .<Long>run(
            attempt -> {
              // Read with a conflict: if another node pops or counts it meanwhile, this is void.
              List<KeyValue> rows =
                  engine.environment().await(attempt.reads().getRange(begin, end, 0));
              byte[][] chunks = rows.stream().map(KeyValue::value).toArray(byte[][]::new);
              if (!Arrays.equals(Keys.join(chunks), queued.bytes)) {
                return 0L;
              }
              long now = engine.environment().await(attempt.reads().getReadVersion());
              rewrite(attempt.writes(), queued.stamp, envelope.failed(now + wait, text(reason)));
              return wait;
            })
        .value();
  }

  /**
   * Counts a failure of a message at any place in the queue, as part of a transaction that has read
   * the meta key with a conflict.
   *
   * @return how many microseconds the message is to wait; 0 if it is not in the queue
   */
  long count(Transactor.Attempt attempt, byte[] stamp, Throwable reason)
      throws InterruptedException {
    List<KeyValue> rows =
        engine
            .environment()
            .await(attempt.reads().getRange(keys.queueKey(stamp, 0), keys.behind(stamp), 0));
    if (rows.isEmpty()) {
      return 0;
    }
    Envelope envelope =
        Envelope.decode(Keys.join(rows.stream().map(KeyValue::value).toArray(byte[][]::new)));
    long wait = engine.backOff().afterFailures(envelope.attempts() + 1);
    log(envelope.name(), envelope.attempts() + 1, wait, reason);
    long now = engine.environment().await(attempt.reads().getReadVersion());
    rewrite(attempt.writes(), stamp, envelope.failed(now + wait, text(reason)));
    return wait;
  }

  private void rewrite(Transaction transaction, byte[] stamp, Envelope envelope) {
    List<byte[]> chunks = envelope.chunks();
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      transaction.set(keys.queueKey(stamp, chunk), chunks.get(chunk));
    }
    transaction.clear(keys.queueKey(stamp, chunks.size()), keys.behind(stamp));
  }

  /**
   * Records the failure of a message of the lane: it goes to the queue, durably.
   *
   * @return how many microseconds it is to wait
   */
  <M> long ofLane(Pending<M> pending, Throwable reason) throws InterruptedException {
    if (pending.isCall()) {
      engine.mailbox().register(pending);
    }
    long now = engine.environment().now().toEpochMilli();
    Envelope envelope = LaneFlush.checked(Push.envelope(pending, engine.node(), now), pending);
    long wait = engine.backOff().afterFailures(1);
    log(envelope.name(), 1, wait, reason);
    engine
        .transactor()
        .run(
            attempt -> {
              long version = engine.environment().await(attempt.reads().getReadVersion());
              Push.write(
                  attempt.writes(), keys, List.of(envelope.failed(version + wait, text(reason))));
              return true;
            });
    return wait;
  }

  private void log(String message, int attempt, long wait, Throwable reason) {
    LOG.warn(
        "attempt {} of {} to {} failed; it is tried again in {} ms",
        attempt,
        message,
        address,
        wait / 1000,
        reason);
  }

  private static String text(Throwable reason) {
    String text = reason.toString();
    String start = text.length() <= MAX_ERROR_LENGTH ? text : text.substring(0, MAX_ERROR_LENGTH);
    // Half a surrogate pair cannot be stored; this puts a question mark in its place.
    return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
