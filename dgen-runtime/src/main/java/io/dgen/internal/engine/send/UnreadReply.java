package io.dgen.internal.engine.send;

import io.dgen.codec.CodecException;
import io.dgen.error.DgenException;
import io.dgen.internal.engine.format.ReplyRecord;
import org.jspecify.annotations.Nullable;

/**
 * A reply that has come for a call, and is not decoded yet. Reading it runs codecs and constructors
 * of the user's, which may block or compute for any time: so the thread that waits for the reply
 * does that, or one of those for the user's code, and never one that other replies wait for.
 */
public final class UnreadReply<M> {

  private final Pending<M> pending;

  /** What {@link ReplyRecord} made. */
  private final byte[] reply;

  UnreadReply(Pending<M> pending, byte[] reply) {
    this.pending = pending;
    this.reply = reply;
  }

  /**
   * Decodes it.
   *
   * @return the reply
   * @throws DgenException what came back in its place
   * @throws CodecException if it cannot be read
   */
  public @Nullable Object read() {
    try {
      return ReplyRecord.read(reply, pending.codec.replyCodec(pending.message));
    } catch (CodecException e) {
      throw e.ofEntity("the reply to " + pending.describe());
    } catch (DgenException e) {
      // What came back in place of a reply.
      throw e;
    } catch (RuntimeException | Error e) {
      // Of a codec of the user's: no error of the engine's.
      throw new CodecException("the reply to " + pending.describe() + " cannot be read", e);
    }
  }

  /** Hands the reply to who waits for it: a sender that blocks decodes it when it wakes. */
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
