package io.dgen.internal.engine.send;

import io.dgen.codec.CodecException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.format.ReplyRecord;
import org.jspecify.annotations.Nullable;

/**
 * A reply that has come for a call and is not decoded yet. Decoding it runs users' codecs and
 * constructors, which may block or compute for any time: so it is done by the thread that waits for
 * the reply, or by a thread for user code, and never by a thread that other replies wait for.
 */
public final class UnreadReply<M> {

  private final Pending<M> pending;

  /** In the form of {@link ReplyRecord}. */
  private final byte[] reply;

  UnreadReply(Pending<M> pending, byte[] reply) {
    this.pending = pending;
    this.reply = reply;
  }

  /**
   * Decodes the reply.
   *
   * @return the reply
   * @throws DgenException the error that came back in its place
   * @throws CodecException if it is unreadable
   */
  public @Nullable Object read() {
    try {
      return ReplyRecord.read(reply, pending.codec.replyCodec(pending.message));
    } catch (CodecException e) {
      CodecException named = e.ofEntity("the reply to " + pending.describe());
      throw pending.isQuery() ? named.withEffect(Effect.NONE) : named;
    } catch (DgenException e) {
      // An error that came back in place of a reply.
      throw e;
    } catch (RuntimeException | Error e) {
      // From a user's codec: not an error of the engine.
      throw new CodecException("the reply to " + pending.describe() + " cannot be read", e)
          .withEffect(pending.isQuery() ? Effect.NONE : Effect.APPLIED);
    }
  }

  /** Delivers the reply to its caller: a sender that blocks decodes it when it wakes. */
  void deliver(Completions completions) {
    if (pending.blocking) {
      pending.complete(this);
    } else {
      completions.later(this::readAndComplete);
    }
  }

  private void readAndComplete() {
    Object value;
    try {
      value = read();
    } catch (DgenException e) {
      pending.fail(e);
      return;
    }
    pending.complete(value);
  }
}
