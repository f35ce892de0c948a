package io.dgen.internal.engine.failure;

import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.PauseRecord;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.MutationType;

/**
 * Pauses and resumes an entity on request, from any node. Both read meta with a conflict and write
 * it, so that they are serialised with every round: when {@link #pause} has committed, no standard
 * message runs any more.
 */
public final class Pauses {

  private final EntityKeys keys;
  private final Environment environment;

  public Pauses(EntityKeys keys, Environment environment) {
    this.keys = keys;
    this.environment = environment;
  }

  /**
   * Pauses the entity; returns false if it is already paused, in which case the older reason is
   * kept.
   */
  public boolean pause(Transactor.Attempt attempt, String reason) throws InterruptedException {
    Meta meta = meta(attempt);
    if (meta.has(Flag.PAUSED)) {
      return false;
    }
    PauseRecord record = new PauseRecord(reason, environment.now().toEpochMilli(), false);
    attempt.writes().set(keys.paused(), record.encoded());
    attempt.writes().set(keys.meta, meta.with(Flag.PAUSED).encoded());
    return true;
  }

  /** Resumes the entity, and forgets the failures so far; returns false if it is not paused. */
  public boolean resume(Transactor.Attempt attempt) throws InterruptedException {
    Meta meta = meta(attempt);
    if (!meta.has(Flag.PAUSED)) {
      return false;
    }
    attempt.writes().clear(keys.paused());
    attempt.writes().clear(keys.failures());
    Meta next = meta.without(Flag.PAUSED);
    if (next.isTraceless() && isEmpty(attempt, next)) {
      attempt.writes().clear(keys.meta);
      attempt.writes().clear(keys.pushed);
    } else {
      attempt.writes().set(keys.meta, next.encoded());
      // The owner finds it as it finds an entity to which something was pushed.
      attempt.writes().set(keys.ready, KeyLayout.NOTHING);
      attempt.writes().mutate(MutationType.ADD, keys.bump, KeyLayout.one());
    }
    return true;
  }

  private Meta meta(Transactor.Attempt attempt) throws InterruptedException {
    byte[] stored = environment.await(attempt.reads().get(keys.meta));
    return Meta.of(stored);
  }

  /** Returns whether the queue is empty, read with a conflict, so that it stays empty. */
  private boolean isEmpty(Transactor.Attempt attempt, Meta meta) throws InterruptedException {
    long pushed = KeyLayout.counter(environment.await(attempt.reads().get(keys.pushed)));
    return pushed == meta.popped();
  }
}
