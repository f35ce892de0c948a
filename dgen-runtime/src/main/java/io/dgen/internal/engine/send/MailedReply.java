package io.dgen.internal.engine.send;

import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A reply to a call, in the form of {@link ReplyRecord}. */
public final class MailedReply {

  private final Caller caller;
  private final byte[] bytes;

  /**
   * The pending read of an earlier answer, which another transaction may have given; null if none
   * may have.
   */
  private final @Nullable CompletableFuture<byte @Nullable []> earlier;

  MailedReply(Caller caller, byte[] bytes, @Nullable CompletableFuture<byte @Nullable []> earlier) {
    this.caller = caller;
    this.bytes = bytes;
    this.earlier = earlier;
  }

  /** Returns the number of the call on its node. */
  long call() {
    return caller.call();
  }

  byte[] bytes() {
    return bytes;
  }

  Caller caller() {
    return caller;
  }

  @Nullable CompletableFuture<byte @Nullable []> earlier() {
    return earlier;
  }
}
