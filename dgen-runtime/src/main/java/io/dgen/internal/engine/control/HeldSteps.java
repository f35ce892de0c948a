package io.dgen.internal.engine.control;

import io.dgen.codec.CodecException;
import io.dgen.error.ChangeTooLargeException;
import io.dgen.error.LockLostException;
import io.dgen.generated.StepForms.Form;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.StepKeys;
import io.dgen.internal.engine.format.StepRecord;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.later.DelayedMessages;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the message that holds an entity's lock, as its holder begins and records them. Each
 * of the two is one transaction that reads the lock with a conflict and checks the token; everyone
 * who takes the lock, passes it on or releases it writes it.
 */
final class HeldSteps {

  private final Entity entity;
  private final Address address;
  private final EntityKeys keys;
  private final Environment environment;
  private final DelayedMessages delayed;
  private final long token;
  private final String message;

  /**
   * Creates it.
   *
   * @param delayed wakes the work that sleeps
   * @param token the holder's
   * @param message the name of the message that holds the lock
   */
  HeldSteps(Entity entity, DelayedMessages delayed, long token, String message) {
    this.entity = entity;
    this.address = entity.address();
    this.keys = entity.keys();
    this.environment = entity.environment();
    this.delayed = delayed;
    this.token = token;
    this.message = message;
  }

  /**
   * A step that has begun, or was done before.
   *
   * @param record what is recorded of it
   * @param origin the message's origin
   */
  record Begun(StepRecord record, byte[] origin) {}

  /**
   * Counts one more attempt of a step, unless it is done.
   *
   * @throws LockLostException if the lock is not held under the token any more
   * @throws CodecException if what is recorded of it is unreadable
   */
  Begun begin(Form form, String key) throws InterruptedException {
    return entity.transactor().run(attempt -> begin(attempt, form, key)).value();
  }

  private Begun begin(Transactor.Attempt attempt, Form form, String key)
      throws InterruptedException {
    LockRecord lock = held(attempt, form.name() + " did not run");
    StepKeys steps = keys.steps(lock.origin());
    StepRecord known = known(attempt, steps, form, key);
    if (known != null && known.isDone()) {
      return new Begun(known, lock.origin());
    }
    StepRecord begun = StepRecord.begun(known, environment.now().toEpochMilli());
    write(attempt, steps, form, key, begun);
    return new Begun(begun, lock.origin());
  }

  /**
   * Records the outcome of a step.
   *
   * @param outcome in the form of a {@link io.dgen.internal.engine.format.ReplyRecord}
   * @throws LockLostException if the lock is not held under the token any more
   * @throws ChangeTooLargeException if the outcome does not fit into a transaction
   */
  void record(Form form, String key, Begun begun, byte[] outcome) throws InterruptedException {
    int most = Sizes.maxStep(keys);
    if (outcome.length > most) {
      throw new ChangeTooLargeException(
          "the result of "
              + named(form.name(), key)
              + " of "
              + message
              + " to "
              + address
              + " has "
              + outcome.length
              + " bytes, more than the "
              + most
              + " that the result of a step may have; return a reference to the data, or make"
              + " several steps of it",
          null);
    }
    StepRecord done = begun.record().done(environment.now().toEpochMilli(), outcome);
    var unused =
        entity
            .transactor()
            .run(
                attempt -> {
                  LockRecord lock =
                      held(attempt, form.name() + " has run, but its result is not recorded");
                  write(attempt, keys.steps(lock.origin()), form, key, done);
                  return true;
                });
  }

  /**
   * Sleeps until a deadline, which is stored when the work first comes to this sleep: gives the
   * lock to nobody, until the owner of the shard wakes the work.
   *
   * @param ordinal which of the sleeps of the work it is, from 1
   * @param duration how long, if the work comes to it first
   * @return under which name it is due; null if it is over
   * @throws LockLostException if the lock is not held under the token any more
   */
  @Nullable Ticket sleep(int ordinal, Duration duration) throws InterruptedException {
    return entity
        .transactor()
        .<Optional<Ticket>>run(attempt -> sleep(attempt, ordinal, duration))
        .value()
        .orElse(null);
  }

  private Optional<Ticket> sleep(Transactor.Attempt attempt, int ordinal, Duration duration)
      throws InterruptedException {
    LockRecord lock = held(attempt, "it does not sleep");
    byte[] key = keys.steps(lock.origin()).sleep(ordinal);
    byte[] stored = environment.await(attempt.reads().snapshot().get(key));
    StepRecord known = stored == null ? null : StepRecord.decode(stored);
    Instant now = environment.now();
    if (known != null && (known.isDone() || known.due() <= now.toEpochMilli())) {
      return Optional.empty();
    }
    StepRecord sleeping =
        known != null
            ? known
            : StepRecord.sleeping(now.toEpochMilli(), Ticket.millisOf(now.plus(duration)));
    if (known == null) {
      attempt.writes().set(key, sleeping.chunks().getFirst());
    }
    Ticket ticket = delayed.waking(address, sleeping.due());
    delayed.wakeAt(attempt.writes(), ticket);
    lock.asleep(
            environment.random().nextLong(),
            new LockRecord.Sleep(
                ticket.due(), ticket.node(), ticket.number(), ordinal, sleeping.begunMillis()))
        .write(attempt.writes(), keys);
    LockRecord.lease(attempt.writes(), keys, LockRecord.ASLEEP);
    // Nothing of this entity runs until the work is woken, which makes it ready again.
    attempt.writes().clear(keys.ready);
    return Optional.of(ticket);
  }

  /** Returns the lock, read with a conflict. */
  private LockRecord held(Transactor.Attempt attempt, String consequence)
      throws InterruptedException {
    byte[] stored = environment.await(attempt.reads().get(keys.lock()));
    LockRecord lock = stored == null ? null : Locks.decoded(stored, address);
    if (lock == null || lock.isDamaged() || lock.token() != token) {
      throw new LockLostException(
          "the lock of "
              + address
              + " is no longer held for this run of "
              + message
              + ": it was broken or taken over, or the entity was killed or reset; "
              + consequence
              + ". End handleLocked: its result will not count");
    }
    return lock;
  }

  private @Nullable StepRecord known(
      Transactor.Attempt attempt, StepKeys steps, Form form, String key)
      throws InterruptedException {
    List<String> names = new ArrayList<>(form.formerNames());
    names.addFirst(form.name());
    for (String name : names) {
      byte[] step = steps.step(name, key);
      List<KeyValue> rows =
          environment.await(attempt.reads().snapshot().getRange(step, Keys.prefixEnd(step), 0));
      if (!rows.isEmpty()) {
        try {
          return StepRecord.decode(Envelope.joined(rows));
        } catch (CodecException e) {
          throw new CodecException(
              "what is recorded of "
                  + named(form.name(), key)
                  + " of "
                  + message
                  + " to "
                  + address
                  + " cannot be read: "
                  + e.getMessage(),
              e);
        }
      }
    }
    return null;
  }

  private static void write(
      Transactor.Attempt attempt, StepKeys steps, Form form, String key, StepRecord record) {
    byte[] step = steps.step(form.name(), key);
    List<byte[]> chunks = record.chunks();
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      attempt.writes().set(StepKeys.chunk(step, chunk), chunks.get(chunk));
    }
  }

  /** Returns a step in the form in which errors name it. */
  static String named(String step, String key) {
    return "step " + step + (key.isEmpty() ? "" : " with the key " + Texts.quoted(key));
  }

  /** Returns the key by which a service outside recognises that a step is repeated. */
  String stepKey(Begun begun, Form form, String key) {
    byte[] place = keys.steps(begun.origin()).step(form.name(), key);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(place);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
