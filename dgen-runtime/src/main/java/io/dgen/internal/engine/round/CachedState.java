package io.dgen.internal.engine.round;

import io.dgen.internal.engine.format.Meta;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an activation remembers of its entity. It is only ever believed if the store holds the same
 * version. Immutable.
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

  /** How large the state is; nothing if none is remembered. */
  public StateSize size() {
    return state == null ? StateSize.NONE : size;
  }

  /** Returns the last message that was popped, as far as is known: where the queue begins. */
  public byte @Nullable [] head() {
    return head;
  }

  /** Returns the same as a transaction found it: without the state, if another one is stored. */
  CachedState<S> seen(Meta meta) {
    return new CachedState<>(meta.version(), meta.head(), stateAt(meta.version()), size);
  }

  /** Returns the state; null if it is not known. */
  @Nullable S state() {
    return state;
  }

  /** Returns the same, known to be stored under a versionstamp. */
  public CachedState<S> at(byte[] stamp) {
    return new CachedState<>(stamp, head, state, size);
  }

  /** Returns the same without the state, which will be read again. */
  public CachedState<S> withoutState() {
    return new CachedState<>(null, head, null, StateSize.NONE);
  }

  /** Returns the state, if it is the one that is stored under a version; else null. */
  private @Nullable S stateAt(byte[] storedVersion) {
    return Arrays.equals(version, storedVersion) ? state : null;
  }
}
