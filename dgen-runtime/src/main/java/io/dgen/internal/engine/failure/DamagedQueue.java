package io.dgen.internal.engine.failure;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.later.StepRows;
import io.dgen.internal.engine.send.Damage;
import io.dgen.internal.engine.send.MailedReply;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.SetAside;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes damaged messages out of a queue, so that the messages after them run. They are not counted
 * as popped: the count is reset when the queue is empty; a count that is too high makes a round
 * look once too often, one that is too low has no effect.
 */
public final class DamagedQueue {

  private final Entity entity;
  private final Address address;
  private final EntityKeys keys;
  private final ReplyMailbox mailbox;

  public DamagedQueue(Entity entity, ReplyMailbox mailbox) {
    this.entity = entity;
    this.address = entity.address();
    this.keys = entity.keys();
    this.mailbox = mailbox;
  }

  private record Removed(SetAside rows, List<MailedReply> ownReplies) {}

  /**
   * Sets aside a damaged message, or rows from which no message can be read. Does nothing if they
   * have changed in the meantime.
   *
   * @param queued the message; null if there are only rows
   * @param damage the rows; null if there is a message
   * @param reason the damage that was found
   */
  public void setAside(@Nullable Queued queued, @Nullable Damage damage, Throwable reason)
      throws InterruptedException {
    byte[] begin;
    byte[] end;
    byte[] bytes;
    if (queued != null) {
      begin = keys.queueKey(queued.stamp, 0);
      end = keys.behind(queued.stamp);
      bytes = queued.bytes;
    } else if (damage != null) {
      begin = damage.rows().getFirst().key();
      end = Keys.after(damage.rows().getLast().key());
      bytes = joined(damage.rows());
    } else {
      return;
    }
    Removed removed =
        entity
            .transactor()
            .run(attempt -> remove(attempt, begin, end, bytes, String.valueOf(reason.getMessage())))
            .value();
    removed.rows().report();
    mailbox.complete(removed.ownReplies());
  }

  private Removed remove(
      Transactor.Attempt attempt, byte[] begin, byte[] end, byte[] bytes, String problem)
      throws InterruptedException {
    SetAside aside = new SetAside(entity.layout());
    List<KeyValue> rows = entity.environment().await(attempt.reads().getRange(begin, end, 0));
    if (rows.isEmpty() || !Arrays.equals(joined(rows), bytes)) {
      return new Removed(aside, List.of());
    }
    aside.add(attempt.writes(), rows, "of the queue of " + address + ": " + problem);
    // Of a message whose header cannot be read it is unknown whether it was a dead letter before.
    StepRows.clear(attempt.writes(), keys, keys.stampOf(rows.getFirst().key()));
    ReplyBatch replies = mailbox.replies(attempt);
    Caller caller =
        keys.isFirstChunk(rows.getFirst().key())
            ? Envelope.callerOf(rows.getFirst().value())
            : null;
    if (caller != null) {
      replies.add(
          caller,
          ReplyRecord.problem(
              Problem.DAMAGED,
              "the message to "
                  + address
                  + " was damaged in the store, and is not executed: "
                  + problem,
              Envelope.effectIfDropped(rows.getFirst().value())));
    }
    replies.write();
    return new Removed(aside, replies.own());
  }

  private static byte[] joined(List<KeyValue> rows) {
    return Envelope.joined(rows);
  }
}
