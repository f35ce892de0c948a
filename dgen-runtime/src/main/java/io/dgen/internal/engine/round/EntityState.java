package io.dgen.internal.engine.round;

import io.dgen.codec.SchemaVersion;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSink;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an entity in one attempt of a transaction: as it was stored, as the callbacks change
 * it, and as it is written, which is the difference.
 */
public final class EntityState<S> {

  private final StateCodec<S> codec;
  private final byte[] prefix;

  /** What is stored; null for an entity that does not exist. */
  private final @Nullable S before;

  /** Whether what is stored is not as the codec would write it now: an older schema's. */
  private final boolean outdated;

  private S current;

  /** What init made, which is not stored yet; null if it was not asked. */
  private final @Nullable S first;

  /** How large what is stored is; after {@link #write}, how large it will be. */
  private StateSize size;

  /** Whether it was changed more than once. */
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

  /** Returns a state that is known to be the one that is stored. */
  static <S> EntityState<S> remembered(
      StateCodec<S> codec, byte[] prefix, S state, StateSize size) {
    return new EntityState<>(codec, prefix, state, false, state, null, size);
  }

  /**
   * Returns a state that is read.
   *
   * @throws RuntimeException if it cannot be
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
   * Returns whether what init made cannot be stored, even without anything beside it: see {@link
   * TooLarge}.
   */
  boolean isFirstTooLarge() {
    if (first == null) {
      return false;
    }
    Meter meter = new Meter();
    codec.write(null, first, meter);
    return prefix.length + meter.longestPath > io.dgen.internal.store.StoreLimits.KEY_SIZE
        || meter.bytes + (long) meter.keys * Sizes.ofKey(prefix.length) + 2 * meter.pathBytes
            > Sizes.TRANSACTION;
  }

  /** Returns the state for the user's code, which may change arrays in it. */
  public S get() {
    return codec.handOut(current);
  }

  /** Takes what a callback returned. */
  @SuppressWarnings("ReferenceEquality") // What is the same has not changed: frozen.
  public void set(S returned) {
    S frozen = codec.freeze(current, returned);
    changedAgain |= frozen != current && current != before;
    current = frozen;
  }

  /**
   * Writes the difference; a new entity is always written, for its init must run once.
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
        // Each change has given its new items places. What one has removed and a later one put back
        // gets the place back that is stored, so that the difference is one from what is stored.
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

  /** How large the state is that is stored once the attempt has committed. */
  StateSize size() {
    return size;
  }

  /**
   * What may be remembered once the attempt has committed. An outdated state is not, so that the
   * round that changes it knows.
   *
   * @param changed what {@link #write} said
   */
  @Nullable S toRemember(boolean changed) {
    return (before != null && !outdated) || changed ? current : null;
  }

  /** Finds out whether there is a difference. */
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
