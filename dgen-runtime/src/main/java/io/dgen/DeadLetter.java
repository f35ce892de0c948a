package io.dgen;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that was given up, as it was when it was listed. Immutable.
 *
 * @param <M> the sealed interface over the server's messages, such as {@code CounterMessage}
 */
public interface DeadLetter<M> {

  /**
   * What {@link DeadLetters#requeue} and {@link DeadLetters#discard} take.
   *
   * @return 24 hexadecimal digits, unique among the dead letters that the entity ever had, and
   *     ascending in the order of its queue
   */
  String key();

  /**
   * The name of the message's record.
   *
   * @return the name under which it was sent
   */
  String name();

  /**
   * The message.
   *
   * @return empty if it cannot be decoded: {@link #problem} says why
   */
  Optional<M> message();

  /**
   * Why the message cannot be decoded by this version of the server. It can still be requeued, for
   * a node with a version that can, or discarded.
   *
   * @return empty if it is decoded
   */
  Optional<String> problem();

  /**
   * The message's record as it is stored: CBOR, which tools can show.
   *
   * @return a copy
   */
  byte[] bytes();

  /**
   * How often the message was tried.
   *
   * @return at least 1
   */
  int attempts();

  /**
   * When the message was given up, by the clock of the node that did.
   *
   * @return the time, to the millisecond
   */
  Instant when();

  /**
   * What the last attempt failed with.
   *
   * @return the exception's class and text, of at most 1,000 characters
   */
  String error();

  /**
   * Where the last attempt failed.
   *
   * @return the stack trace with its causes, of at most 8,000 characters
   */
  String stack();
}
