package io.dgen.generated.codec;

import io.dgen.From;
import io.dgen.codec.TermCodec;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link From}, for the engine.
 *
 * @param node the node that the caller waits on
 * @param call the number of the call, unique on the node
 * @param record where the reply is kept for repeated calls under the call's idempotency key; null
 *     if the call has none
 * @param codec writes the reply
 * @param <R> the reply's type
 */
public record WaitingCaller<R>(UUID node, long call, @Nullable String record, TermCodec<R> codec)
    implements From<R> {

  /** Checks the components. */
  public WaitingCaller {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(codec, "codec");
  }

  /**
   * Returns the content of a caller.
   *
   * @param from a caller that was passed to a callback
   * @param <R> the reply's type
   * @return the same object
   * @throws IllegalArgumentException if dgen did not make it
   */
  public static <R> WaitingCaller<R> of(From<R> from) {
    if (from instanceof WaitingCaller<R> caller) {
      return caller;
    }
    throw new IllegalArgumentException(
        "a reply needs a From that was passed to a callback; found " + from.getClass().getName());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WaitingCaller<?> that && node.equals(that.node) && call == that.call;
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
