package io.dgen;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that was given up: a snapshot taken when it was listed. Immutable.
 *
 * @param <M> the sealed interface over the server's messages, such as {@code CounterMessage}
 */
public interface DeadLetter<M> {

  /**
   * Returns the id of the entity that the message was sent to.
   *
   * @return the id
   */
  String id();

  /**
   * Returns the letter's key, for {@link DeadLetters#requeue} and {@link DeadLetters#discard}.
   *
   * @return 24 hexadecimal digits, unique among all dead letters that the entity has ever had, and
   *     ascending in the order of its queue
   */
  String key();

  /**
   * Returns the name of the message's record.
   *
   * @return the name under which it was sent
   */
  String name();

  /**
   * Returns the message.
   *
   * @return empty if it cannot be decoded: {@link #problem} says why
   */
  Optional<M> message();

  /**
   * Returns why the message cannot be decoded by this version of the server. It can still be
   * discarded, or requeued for a node whose version can decode it.
   *
   * @return empty if it can be decoded
   */
  Optional<String> problem();

  /**
   * Returns the message's record as stored: CBOR, which tools can show.
   *
   * @return a copy
   */
  byte[] bytes();

  /**
   * Returns the number of attempts.
   *
   * @return at least 1; of a message that was {@link EntityAdmin#setAside set aside}, how often it
   *     was tried before, which may be 0
   */
  int attempts();

  /**
   * Returns when the message was given up, by the clock of the node that gave it up.
   *
   * @return the time, to the millisecond
   */
  Instant when();

  /**
   * Returns whether the message's caller was told that it was given up. Otherwise nobody knows, and
   * whoever decides about the letter may want to tell somebody: the message is a cast, its caller
   * had stopped waiting, or its caller's node was gone.
   *
   * @return true only if a caller waited, and its answer was written
   */
  boolean callerTold();

  /**
   * Returns the last attempt's error; of a message that was {@link EntityAdmin#setAside set aside},
   * why it could not be decoded.
   *
   * @return the exception's class and text, at most 1,000 characters
   */
  String error();

  /**
   * Returns the last attempt's stack trace.
   *
   * @return the stack trace with its causes, at most 8,000 characters
   */
  String stack();
}
