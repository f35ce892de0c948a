package io.dgen.internal.engine.send;

import io.dgen.error.Effect;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.OverloadedException;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.store.ReadTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Pushes messages of a lane to the entity's queue. */
public final class LaneFlush<M> {

  private static final int MAX_PUSH_BYTES = 1_000_000;

  private final Entity entity;
  private final EntityKeys keys;
  private final Replies replies;
  private final LaneServices lanes;

  public LaneFlush(Entity entity, Replies replies, LaneServices lanes) {
    this.entity = entity;
    this.keys = entity.keys();
    this.replies = replies;
    this.lanes = lanes;
  }

  /**
   * The result of a push.
   *
   * @param taken how many of the first messages are finished
   * @param queued those of them that are in the queue; the others were refused
   */
  public record Pushed<M>(int taken, List<Pending<M>> queued) {}

  /**
   * Returns the messages at the front of a lane that are pushed together: a batch is never split.
   */
  public static <M> List<Pending<M>> front(Collection<Pending<M>> lane) {
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
   * @return the result; the senders of refused messages have been told
   */
  public Pushed<M> push(List<Pending<M>> batch) throws InterruptedException {
    if (batch.getFirst().isBatched()) {
      return new Pushed<>(batch.size(), pushWhole(batch));
    }
    List<Envelope> envelopes = new ArrayList<>(batch.size());
    List<Pending<M>> accepted = new ArrayList<>(batch.size());
    long now = entity.environment().now().toEpochMilli();
    int taken = 0;
    long bytes = 0;
    for (Pending<M> pending : batch) {
      if (bytes > MAX_PUSH_BYTES) {
        break;
      }
      taken++;
      if (pending.isCall()) {
        replies.mailbox().register(pending);
      }
      try {
        Envelope envelope = Push.envelope(pending, entity.node(), now);
        long size = envelope.payload().bytes.length;
        if (bytes + size > Sizes.MAX_BYTES) {
          taken--;
          break;
        }
        bytes += size;
        envelopes.add(envelope);
        accepted.add(pending);
      } catch (RuntimeException e) {
        replies.completions().fail(List.of(pending), e);
      }
    }
    return new Pushed<>(taken, queued(accepted, push(envelopes, false)));
  }

  /** Pushes a batch. Rule 5: its senders are told that all of it is durable, or that nothing is. */
  private List<Pending<M>> pushWhole(List<Pending<M>> batch) throws InterruptedException {
    long now = entity.environment().now().toEpochMilli();
    List<Envelope> envelopes = new ArrayList<>(batch.size());
    try {
      long bytes = 0;
      for (Pending<M> pending : batch) {
        Envelope envelope = Push.envelope(pending, entity.node(), now);
        bytes += envelope.payload().bytes.length + Push.OVERHEAD;
        envelopes.add(envelope);
      }
      if (bytes > Sizes.MAX_BYTES) {
        throw new MessageTooLargeException(
            "a batch of "
                + batch.size()
                + " messages, the first of them "
                + batch.getFirst().describe()
                + ", has "
                + bytes
                + " bytes, more than the "
                + Sizes.MAX_BYTES
                + " that one transaction may have; send smaller batches",
            Effect.NONE);
      }
    } catch (RuntimeException e) {
      replies.completions().fail(batch, e);
      return List.of();
    }
    return queued(batch, push(envelopes, true));
  }

  /**
   * Pushes messages, or the first of them, as long as the queue has room. The length is read from
   * the snapshot, so that pushes do not conflict; concurrent pushes do not see each other.
   *
   * @param whole whether to push all or none
   * @return how many were pushed
   */
  private int push(List<Envelope> envelopes, boolean whole) throws InterruptedException {
    if (envelopes.isEmpty()) {
      return 0;
    }
    long bound = lanes.bounds().queueMessages();
    return entity
        .transactor()
        .<Integer>run(
            attempt -> {
              int room = bound == 0 ? envelopes.size() : room(attempt, bound, envelopes.size());
              int pushed = whole && room < envelopes.size() ? 0 : room;
              if (pushed > 0) {
                Push.write(attempt.writes(), keys, envelopes.subList(0, pushed));
              }
              return pushed;
            })
        .value();
  }

  private int room(Transactor.Attempt attempt, long bound, int wanted) throws InterruptedException {
    ReadTransaction snapshot = attempt.reads().snapshot();
    CompletableFuture<byte[]> pushed = snapshot.get(keys.pushed);
    CompletableFuture<byte[]> meta = snapshot.get(keys.meta);
    byte[] stored = entity.environment().await(meta);
    long popped = Meta.of(stored).popped();
    long length = KeyLayout.counter(entity.environment().await(pushed)) - popped;
    return Math.clamp(bound - length, 0, wanted);
  }

  /** Returns the senders whose messages had room; refuses the others. */
  private List<Pending<M>> queued(List<Pending<M>> senders, int pushed) {
    for (Pending<M> refused : senders.subList(pushed, senders.size())) {
      lanes.meter().overloaded(entity.server());
      replies
          .completions()
          .fail(
              List.of(refused),
              new OverloadedException(
                  refused.describe()
                      + " was refused: the entity's queue is full, and Bounds.queueMessages is "
                      + lanes.bounds().queueMessages()
                      + ". Send again once it is shorter, host the server on more nodes, or raise"
                      + " the bound with DgenOptions.withBounds"));
    }
    return senders.subList(0, pushed);
  }

  /** Tells the senders that their messages are durable. Callers keep waiting for replies. */
  public void acknowledge(List<Pending<M>> pushed) {
    List<Answer<M>> casts = new ArrayList<>(pushed.size());
    for (Pending<M> pending : pushed) {
      pending.moved(Pending.Place.QUEUE);
      if (!pending.isCall()) {
        casts.add(new Answer<>(pending, null));
      }
    }
    replies.completions().answer(casts);
  }
}
