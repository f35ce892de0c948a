package io.dgen;

import io.dgen.error.DgenException;
import java.util.function.Predicate;

/**
 * The messages of one entity that were given up: see {@link FailurePolicy#deadLetterThreshold}.
 * Thread-safe. Works from any node, whether or not the entity is paused, locked or hosted.
 *
 * <p>Every method is a transaction of its own, and throws a {@link DgenException} if the node is
 * closed or the store fails.
 *
 * @param <M> the sealed interface over the server's messages, such as {@code CounterMessage}
 */
public interface DeadLetters<M> {

  /**
   * Returns the number of dead letters. Reads a counter and decodes nothing.
   *
   * @return the number
   */
  long length();

  /**
   * Lists the first letters.
   *
   * @param limit the most letters to return, at least 1; large letters make a page shorter, but
   *     never empty
   * @return the letters, in the order of the queue that they were in
   * @throws IllegalArgumentException if the limit is not positive
   */
  Page<DeadLetter<M>> list(int limit);

  /**
   * Lists the letters after a given one.
   *
   * @param limit as for {@link #list(int)}
   * @param after {@link Page#next} of the previous page: the key of its last letter, which need not
   *     exist any more
   * @return the letters
   * @throws IllegalArgumentException if the limit is not positive, or {@code after} is not a
   *     letter's key
   */
  Page<DeadLetter<M>> list(int limit, String after);

  /**
   * Puts a letter back: in one transaction it leaves the dead letters and enters the end of the
   * entity's queue, with its attempts reset. Its caller has already been told of the failure, so a
   * reply goes nowhere.
   *
   * @param key the letter's key
   * @return false if there is no such letter
   * @throws IllegalArgumentException if {@code key} is not a letter's key
   */
  boolean requeue(String key);

  /**
   * Puts back, in order, every letter that exists when this begins. Many letters take more than one
   * transaction; each letter is put back once.
   *
   * @return how many were put back
   */
  long requeueAll();

  /**
   * Puts back, in order, every letter that exists when this begins and that a filter accepts. Many
   * letters take more than one transaction; each letter is put back once.
   *
   * @param filter told of each letter, in this thread and outside any transaction; if it throws,
   *     what was put back before stays there
   * @return how many were put back
   */
  long requeueAll(Predicate<? super DeadLetter<M>> filter);

  /**
   * Deletes a letter.
   *
   * @param key the letter's key
   * @return false if there is no such letter
   * @throws IllegalArgumentException if {@code key} is not a letter's key
   */
  boolean discard(String key);

  /**
   * Deletes every letter, in one transaction however many there are.
   *
   * @return how many were deleted
   */
  long purge();
}
