package io.dgen.spi;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a generated client sends through. Thread-safe. */
public interface Sender {

  /**
   * Sends a message. Messages that one thread sends to one entity keep their order.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param message what to send
   * @param timeout how long the sender waits
   * @param blocking whether the caller goes on to {@link #await} the future and nobody else sees it
   * @param <M> the sealed interface over the server's messages
   * @return completes with the reply of a call, or with null once another message is durable
   */
  <M> CompletableFuture<@Nullable Object> send(
      String server,
      String id,
      MessageCodec<M> codec,
      M message,
      Duration timeout,
      boolean blocking);

  /**
   * Blocks until a future is done.
   *
   * @param future what {@link #send} returned
   * @return its result
   * @throws io.dgen.DgenException what the future failed with
   */
  @Nullable Object await(CompletableFuture<@Nullable Object> future);

  /**
   * How many messages are in the entity's queue.
   *
   * @param server the server's name
   * @param id the entity's id
   * @return the number, without those that are being sent
   */
  long queueLength(String server, String id);

  /**
   * How long a sender waits when it does not say.
   *
   * @return the default timeout
   */
  Duration defaultTimeout();
}
