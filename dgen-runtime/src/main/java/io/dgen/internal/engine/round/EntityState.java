package io.dgen.internal.engine.round;

import io.dgen.codec.SchemaVersion;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSink;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an entity in one attempt of a transaction: read from the store, changed by
 * callbacks, and written as a difference.
 */
public final class EntityState<S> {

  private final StateCodec<S> codec;
  private final byte[] prefix;

  /** The stored state; null for an entity that does not exist. */
  private final @Nullable S before;

  /**
   * Whether the stored state has an older schema, and so differs from what the codec would write
   * now.
   */
  private final boolean outdated;

  private S current;

  /** The state from init, which is not stored yet; null if init has not run. */
  private final @Nullable S first;

  /** The size of the stored state; after {@link #write}, of the state that will be stored. */
  private StateSize size;

  /** Whether the state was changed more than once. */
  private boolean changedAgain;

  private EntityState(
      StateCodec<S> codec,
      byte[] prefix,
      @Nullable S before,
      boolean outdated,
      S current,
      @Nullable S first,
      StateSize size) {
    this.codec = codec;
    this.prefix = prefix;
    this.before = before;
    this.outdated = outdated;
    this.current = current;
    this.first = first;
    this.size = size;
  }

  /** Returns a cached state that is known to be the stored one. */
  static <S> EntityState<S> remembered(
      StateCodec<S> codec, byte[] prefix, S state, StateSize size) {
    return new EntityState<>(codec, prefix, state, false, state, null, size);
  }

  /**
   * Reads a stored state.
   *
   * @throws RuntimeException if it is unreadable
   */
  public static <S> EntityState<S> stored(
      StateCodec<S> codec, byte[] prefix, List<KeyValue> rows, SchemaVersion writer) {
    StateSource source = new StateSource(prefix.length, rows, writer);
    S read = codec.read(source);
    long bytes = 0;
    for (KeyValue row : rows) {
      bytes += row.key().length - prefix.length + row.value().length;
    }
    return new EntityState<>(
        codec, prefix, read, source.isOutdated(), read, null, new StateSize(bytes, 0));
  }

  /** Returns the first state of an entity that does not exist. */
  public static <S> EntityState<S> first(StateCodec<S> codec, byte[] prefix, S first) {
    S frozen = codec.freeze(null, first);
    return new EntityState<>(codec, prefix, null, false, frozen, frozen, StateSize.NONE);
  }

  /**
   * Returns whether the state from init cannot be stored, even if nothing else is written: see
   * {@link TooLarge}.
   */
  boolean isFirstTooLarge() {
    if (first == null) {
      return false;
    }
    Meter meter = new Meter();
    codec.write(null, first, meter);
    return prefix.length + meter.longestPath > io.dgen.internal.overlay.StoreLimits.KEY_SIZE
        || meter.bytes + (long) meter.keys * Sizes.ofKey(prefix.length) + 2 * meter.pathBytes
            > Sizes.TRANSACTION;
  }

  /** Returns the state for user code, which may change arrays in it. */
  public S get() {
    return codec.handOut(current);
  }

  /** Sets the state that a callback returned. */
  @SuppressWarnings("ReferenceEquality") // Identity is enough: frozen values never change.
  public void set(S returned) {
    S frozen = codec.freeze(current, returned);
    changedAgain |= frozen != current && current != before;
    current = frozen;
  }

  /**
   * Writes the difference; a new entity is always written, since its init must run once.
   *
   * @return whether there was one
   */
  public boolean write(Transactor.Attempt attempt) {
    if (before == null) {
      writeInFull(attempt);
      return true;
    }
    if (!outdated) {
      if (changedAgain) {
        // Each change has assigned indices to its new items. An item that one change removed and a
        // later one put back gets its stored index again, so that the difference is relative to
        // what is stored.
        current = codec.freeze(before, current);
      }
      Sink sink = new Sink(attempt);
      codec.write(before, current, sink);
      size = size.plus(sink.bytes);
      if (size.isVague()) {
        Meter meter = new Meter();
        codec.write(null, current, meter);
        size = new StateSize(meter.bytes, 0);
      }
      return sink.wrote;
    }
    ChangeDetector detector = new ChangeDetector();
    codec.write(before, current, detector);
    if (detector.changed) {
      attempt.writes().clear(prefix, Keys.prefixEnd(prefix));
      writeInFull(attempt);
    }
    return detector.changed;
  }

  private void writeInFull(Transactor.Attempt attempt) {
    Sink sink = new Sink(attempt);
    codec.write(null, current, sink);
    size = new StateSize(sink.bytes, 0);
  }

  /**
   * Deletes a stored state, however large it is, and what counts its failures. The owner then looks
   * at the queue: if nothing is in it, it clears the meta key.
   *
   * @return the meta without a state, to be written
   */
  public static Meta delete(Transactor.Attempt attempt, EntityKeys keys, Meta meta) {
    Transaction transaction = attempt.writes();
    transaction.clear(keys.state, Keys.prefixEnd(keys.state));
    transaction.clear(keys.failures());
    transaction.clear(keys.asks(), Keys.prefixEnd(keys.asks()));
    Meta next = meta.withoutState();
    if (next.isTraceless()) {
      transaction.set(keys.ready, KeyLayout.NOTHING);
      transaction.mutate(MutationType.ADD, keys.bump, KeyLayout.one());
    }
    return next;
  }

  /** Returns the size of the state that will be stored once the attempt has committed. */
  StateSize size() {
    return size;
  }

  /**
   * Returns the state to cache once the attempt has committed. An outdated state is not cached, so
   * that the round that changes it knows.
   *
   * @param changed the result of {@link #write}
   */
  @Nullable S toRemember(boolean changed) {
    return (before != null && !outdated) || changed ? current : null;
  }

  /** Detects whether there is a difference. */
  private static final class ChangeDetector implements StateSink {

    private boolean changed;

    @Override
    public void set(byte[] path, byte[] value) {
      changed = true;
    }

    @Override
    public void clearAll(byte[] path) {
      changed = true;
    }
  }

  /** Counts the bytes of a state. */
  private static final class Meter implements StateSink {

    private long bytes;
    private long pathBytes;
    private int longestPath;
    private int keys;

    @Override
    public void set(byte[] path, byte[] value) {
      bytes += path.length + value.length;
      pathBytes += path.length;
      longestPath = Math.max(longestPath, path.length);
      keys++;
    }

    @Override
    public void clearAll(byte[] path) {}
  }

  /** Writes below the state's prefix. */
  private final class Sink implements StateSink {

    private final Transactor.Attempt attempt;
    private boolean wrote;
    private long bytes;

    Sink(Transactor.Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public void set(byte[] path, byte[] value) {
      wrote = true;
      bytes += path.length + value.length;
      attempt.writes().set(Keys.join(prefix, path), value);
    }

    @Override
    public void clearAll(byte[] path) {
      wrote = true;
      byte[] key = Keys.join(prefix, path);
      attempt.writes().clear(key, Keys.prefixEnd(key));
    }
  }
}
