package io.dgen.internal.engine.round;

import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.query.RememberedState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cached state of an entity. It is used only if the store holds the same version. Immutable.
 */
public final class CachedState<S> {

  /** The versionstamp of the last state change; null if it is not known. */
  private final byte @Nullable [] version;

  private final byte @Nullable [] head;
  private final @Nullable S state;
  private final StateSize size;

  CachedState(
      byte @Nullable [] version, byte @Nullable [] head, @Nullable S state, StateSize size) {
    this.version = version;
    this.head = head;
    this.state = state;
    this.size = size;
  }

  public static <S> CachedState<S> none() {
    return new CachedState<>(null, null, null, StateSize.NONE);
  }

  /** Returns the size of the state; none if no state is cached. */
  public StateSize size() {
    return state == null ? StateSize.NONE : size;
  }

  /** Returns the last message that was popped, as far as is known: the queue begins after it. */
  public byte @Nullable [] head() {
    return head;
  }

  /**
   * Returns a copy with the meta that a transaction read, and without the state if another one is
   * stored.
   */
  CachedState<S> seen(Meta meta) {
    return new CachedState<>(meta.version(), meta.head(), stateAt(meta.version()), size);
  }

  /** Returns the state; null if it is not known. */
  @Nullable S state() {
    return state;
  }

  /** Returns the state and its version, for queries; null unless both are known. */
  public @Nullable RememberedState published() {
    return version == null || state == null ? null : new RememberedState(version, state);
  }

  /** Returns a copy whose state is known to be stored under a versionstamp. */
  public CachedState<S> at(byte[] stamp) {
    return new CachedState<>(stamp, head, state, size);
  }

  /** Returns a copy without the state, which will be read again. */
  public CachedState<S> withoutState() {
    return new CachedState<>(null, head, null, StateSize.NONE);
  }

  /** Returns the state, if it is the one that is stored under a version; else null. */
  private @Nullable S stateAt(byte[] storedVersion) {
    return Arrays.equals(version, storedVersion) ? state : null;
  }
}
