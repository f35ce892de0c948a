package io.dgen.internal.engine.send;

import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A reply to a call, in the form of {@link ReplyRecord}. */
public final class MailedReply {

  private final Caller caller;
  private final byte[] bytes;

  /** What is read of an answer that another transaction may have given; null if none may. */
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
