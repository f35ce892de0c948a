package io.dgen.internal.engine.later;

import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.StepKeys;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.Keys;
import io.dgen.store.Transaction;

/**
 * The records of steps as rows that belong to a message: they stay with it wherever it goes, and go
 * when it is done. They are below its origin, the versionstamp under which it first came into the
 * queue. A dead letter has a key that names the origin, so that whoever removes the letter finds
 * the steps without reading it.
 */
public final class StepRows {

  private StepRows() {}

  /** Clears the steps of a message that is done, or dropped. */
  public static void clear(Transaction transaction, EntityKeys keys, byte[] origin) {
    StepKeys steps = keys.steps(origin);
    transaction.clear(steps.prefix(), steps.end());
  }

  /** Clears the steps of all messages, of an entity that is killed. */
  public static void clearAll(Transaction transaction, EntityKeys keys) {
    transaction.clear(keys.steps(), Keys.prefixEnd(keys.steps()));
    transaction.clear(keys.letterSteps(), Keys.prefixEnd(keys.letterSteps()));
  }

  /**
   * Keeps the steps of a message that becomes a dead letter, as part of the transaction that moves
   * it.
   *
   * @param stamp its place in the queue, which is that of the letter
   * @return the message in the form that is kept
   */
  public static Envelope buried(
      Transactor.Attempt attempt,
      EntityKeys keys,
      Environment environment,
      byte[] stamp,
      Envelope message)
      throws InterruptedException {
    if (!message.mayHaveSteps()) {
      return message;
    }
    byte[] origin = message.origin(stamp);
    StepKeys steps = keys.steps(origin);
    boolean none =
        environment
            .await(attempt.reads().snapshot().getRange(steps.prefix(), steps.end(), 1))
            .isEmpty();
    if (none) {
      return message;
    }
    attempt.writes().set(keys.letterSteps(stamp), origin);
    return message.withOrigin(stamp);
  }

  /** Lets the steps of a dead letter go back to the queue with its message. */
  public static void requeued(Transaction transaction, EntityKeys keys, byte[] letter) {
    transaction.clear(keys.letterSteps(letter));
  }

  /** Clears the steps of a dead letter that is removed, if it has any. */
  public static void removed(
      Transaction transaction, EntityKeys keys, Environment environment, byte[] letter)
      throws InterruptedException {
    byte[] origin = environment.await(transaction.snapshot().get(keys.letterSteps(letter)));
    if (origin != null) {
      clear(transaction, keys, origin);
      transaction.clear(keys.letterSteps(letter));
    }
  }
}
