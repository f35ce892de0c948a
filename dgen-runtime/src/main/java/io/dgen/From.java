package io.dgen;

import io.dgen.codec.TermCodec;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a call, for a reply that is given later: {@code handleCall} takes it as a
 * parameter, keeps it in the state, in a message or wherever it likes, and returns {@link
 * Results#replyLater}. Any later callback of any entity answers it with {@link Context#reply}, as
 * part of its transaction. The first answer counts; one to a caller that has given up is dropped.
 *
 * <p>Immutable and thread-safe. Two are equal if they name the same call.
 *
 * @param <R> the reply's type
 */
public final class From<R> {

  private final UUID node;
  private final long call;
  private final @Nullable String record;
  private final TermCodec<R> codec;

  private From(UUID node, long call, @Nullable String record, TermCodec<R> codec) {
    this.node = node;
    this.call = call;
    this.record = record;
    this.codec = codec;
  }

  /**
   * Names a call. For codecs and the engine.
   *
   * @param node the node that the caller waits on
   * @param call the number of the call on that node
   * @param codec writes the reply
   * @param <R> the reply's type
   * @return the caller
   */
  public static <R> From<R> of(UUID node, long call, TermCodec<R> codec) {
    return of(node, call, null, codec);
  }

  /**
   * Names a call whose reply is kept for others that come under its idempotency key. For codecs and
   * the engine.
   *
   * @param node the node that the caller waits on
   * @param call the number of the call on that node
   * @param record where the reply is kept; null if it is not
   * @param codec writes the reply
   * @param <R> the reply's type
   * @return the caller
   */
  public static <R> From<R> of(UUID node, long call, @Nullable String record, TermCodec<R> codec) {
    return new From<>(Objects.requireNonNull(node), call, record, Objects.requireNonNull(codec));
  }

  /**
   * The node that the caller waits on.
   *
   * @return its id
   */
  public UUID node() {
    return node;
  }

  /**
   * The number of the call.
   *
   * @return a number that is unique on the node
   */
  public long call() {
    return call;
  }

  /**
   * Where the reply is kept for others that come under the call's idempotency key.
   *
   * @return a name of the engine's; null if the call has no key
   */
  public @Nullable String record() {
    return record;
  }

  /**
   * Writes the reply.
   *
   * @return the codec of {@code R}
   */
  public TermCodec<R> codec() {
    return codec;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof From<?> that && node.equals(that.node) && call == that.call;
  }

  @Override
  public int hashCode() {
    return Objects.hash(node, call);
  }

  @Override
  public String toString() {
    return "From[call " + call + " of node " + node + "]";
  }
}
