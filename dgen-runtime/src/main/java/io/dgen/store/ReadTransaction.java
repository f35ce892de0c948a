package io.dgen.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads from one snapshot of the store. Safe for use by several threads.
 *
 * <p>Every future may fail with a {@link StoreException}; hand it to {@link Transaction#onError}.
 * Arguments and results that are arrays are not copied: do not change them.
 */
public interface ReadTransaction {

  /**
   * Reads one key.
   *
   * @param key the key, at most 10,000 bytes
   * @return the value, or null if there is none
   */
  CompletableFuture<byte @Nullable []> get(byte[] key);

  /**
   * Finds a key.
   *
   * @param selector the key to find
   * @return the key; the empty key if it lies before the first one, the key {@code 0xFF} if it lies
   *     after the last one
   */
  CompletableFuture<byte[]> getKey(KeySelector selector);

  /**
   * Reads a range.
   *
   * @param begin the first key
   * @param end the key to stop before
   * @param limit the most pairs to return; 0 for all
   * @param reverse whether to read from the end, and return the last key first
   * @return the pairs in the order read
   */
  CompletableFuture<List<KeyValue>> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse);

  /**
   * Reads a range of keys, forward.
   *
   * @param begin the first key
   * @param end the key to stop before
   * @param limit the most pairs to return; 0 for all
   * @return the pairs in key order
   */
  default CompletableFuture<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit) {
    return getRange(
        KeySelector.firstGreaterOrEqual(begin), KeySelector.firstGreaterOrEqual(end), limit, false);
  }

  /**
   * Returns the version of the snapshot. Versions grow by about a million a second, even while
   * nothing is written, so they serve as a clock that all nodes share.
   *
   * @return the version: every commit up to it is seen, and none after
   */
  CompletableFuture<Long> getReadVersion();

  /**
   * Returns a view of this transaction whose reads add no read conflict ranges.
   *
   * @return a view; this object if it already is one
   */
  ReadTransaction snapshot();

  /**
   * Returns whether reads through this object add no read conflict ranges.
   *
   * @return true for a view made by {@link #snapshot}
   */
  boolean isSnapshot();
}
