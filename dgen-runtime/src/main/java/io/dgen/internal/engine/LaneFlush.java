package io.dgen.internal.engine;

import io.dgen.MessageTooLargeException;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Pushes messages of a lane to the entity's queue. */
final class LaneFlush<M> {

  /** A transaction of the store holds 10,000,000 bytes; keys and the rest need their share. */
  static final int MAX_MESSAGE_BYTES = 9_800_000;

  private static final int MAX_PUSH_BYTES = 1_000_000;

  private final Engine engine;
  private final EntityKeys keys;

  LaneFlush(Engine engine, EntityKeys keys) {
    this.engine = engine;
    this.keys = keys;
  }

  /** The messages at the front of a lane that are pushed together: a batch is never cut. */
  static <M> List<Pending<M>> front(Collection<Pending<M>> lane) {
    List<Pending<M>> front = new ArrayList<>(Math.min(lane.size(), Push.MAX_MESSAGES));
    for (Pending<M> pending : lane) {
      Pending<M> first = front.isEmpty() ? pending : front.getFirst();
      boolean isFull = !first.isBatched() && front.size() == Push.MAX_MESSAGES;
      if (isFull || !Objects.equals(first.batch(), pending.batch())) {
        break;
      }
      front.add(pending);
    }
    return front;
  }

  /**
   * Pushes as many messages as fit into one transaction; a batch whole or not at all.
   *
   * @return how many of them are done with: pushed, or refused as too large
   */
  int push(List<Pending<M>> batch) throws InterruptedException {
    if (batch.getFirst().isBatched()) {
      pushWhole(batch);
      return batch.size();
    }
    List<Envelope> envelopes = new ArrayList<>(batch.size());
    long now = engine.environment().now().toEpochMilli();
    int taken = 0;
    long bytes = 0;
    for (Pending<M> pending : batch) {
      if (bytes > MAX_PUSH_BYTES) {
        break;
      }
      taken++;
      if (pending.isCall()) {
        engine.mailbox().register(pending);
      }
      try {
        Envelope envelope = checked(Push.envelope(pending, engine.node(), now), pending);
        long size = envelope.payload().bytes.length;
        if (bytes + size > MAX_MESSAGE_BYTES) {
          taken--;
          break;
        }
        bytes += size;
        envelopes.add(envelope);
      } catch (RuntimeException e) {
        engine.completions().fail(List.of(pending), e);
      }
    }
    if (!envelopes.isEmpty()) {
      engine
          .transactor()
          .run(
              attempt -> {
                Push.write(attempt.writes(), keys, envelopes);
                return true;
              });
    }
    return taken;
  }

  /** Rule 5: the senders of a batch hear that all of it is durable, or that nothing is. */
  private void pushWhole(List<Pending<M>> batch) throws InterruptedException {
    long now = engine.environment().now().toEpochMilli();
    List<Envelope> envelopes = new ArrayList<>(batch.size());
    try {
      long bytes = 0;
      for (Pending<M> pending : batch) {
        Envelope envelope = Push.envelope(pending, engine.node(), now);
        bytes += envelope.payload().bytes.length + Push.OVERHEAD;
        envelopes.add(envelope);
      }
      if (bytes > MAX_MESSAGE_BYTES) {
        throw new MessageTooLargeException(
            "a batch of "
                + batch.size()
                + " messages, the first of them "
                + batch.getFirst().describe()
                + ", has "
                + bytes
                + " bytes, more than the "
                + MAX_MESSAGE_BYTES
                + " that one transaction may have; send smaller batches");
      }
    } catch (RuntimeException e) {
      engine.completions().fail(batch, e);
      return;
    }
    engine
        .transactor()
        .run(
            attempt -> {
              Push.write(attempt.writes(), keys, envelopes);
              return true;
            });
  }

  /** Refuses what no transaction can hold, before anything is written. */
  static <M> Envelope checked(Envelope envelope, Pending<M> pending) {
    int size = envelope.payload().bytes.length;
    if (size > MAX_MESSAGE_BYTES) {
      throw new MessageTooLargeException(
          pending.describe()
              + " has "
              + size
              + " bytes, more than the "
              + MAX_MESSAGE_BYTES
              + " that a queued message may have; send a reference to the data, or split it");
    }
    return envelope;
  }

  /** Tells the senders that their messages are durable. Callers go on waiting for replies. */
  void acknowledge(List<Pending<M>> pushed) {
    List<Outcome.Answer<M>> casts = new ArrayList<>(pushed.size());
    for (Pending<M> pending : pushed) {
      pending.moved(Pending.Place.QUEUE);
      if (!pending.isCall()) {
        casts.add(new Outcome.Answer<>(pending, null));
      }
    }
    engine.completions().answer(casts);
  }
}
