package io.dgen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.store.KeyValue;
import io.dgen.store.Store;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes a great many entities by copying the rows of one that the engine has made: the same keys
 * and values that it would have written, but hundreds of thousands a second.
 */
final class Herd {

  private static final int BATCH = 1_000;
  private static final int UNDER_WAY = 8;

  private final Store store;
  private final String template;
  private final List<KeyValue> rows;

  /**
   * Reads the rows of the entity to copy, which must be at rest.
   *
   * @param template its id, which no other entity's id contains; copies get ids as long as it
   */
  Herd(Store store, String template) {
    this.store = store;
    this.template = template;
    byte[] id = template.getBytes(UTF_8);
    this.rows =
        store.run(
            transaction ->
                transaction
                    .snapshot()
                    .getRange(new byte[0], new byte[] {(byte) 0xFF}, Integer.MAX_VALUE)
                    .join()
                    .stream()
                    .filter(row -> indexOf(row.key(), id) >= 0)
                    .toList());
    if (rows.isEmpty()) {
      throw new IllegalStateException("no rows of " + template);
    }
  }

  /** The id of a copy. */
  static String id(String template, long number) {
    String digits = String.format(Locale.ROOT, "%08d", number);
    return template.substring(0, template.length() - digits.length()) + digits;
  }

  /** Makes copies. */
  void copy(long from, long to) throws InterruptedException {
    Deque<Future<?>> underWay = new ArrayDeque<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(UNDER_WAY)) {
      for (long batch = from; batch < to; batch += BATCH) {
        long first = batch;
        long end = Math.min(to, batch + BATCH);
        if (underWay.size() == UNDER_WAY) {
          join(underWay.removeFirst());
        }
        underWay.add(threads.submit(() -> copyNow(first, end)));
      }
      while (!underWay.isEmpty()) {
        join(underWay.removeFirst());
      }
    }
  }

  private static void join(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("copying failed", e.getCause());
    }
  }

  private void copyNow(long from, long to) {
    byte[] id = template.getBytes(UTF_8);
    store.run(
        transaction -> {
          for (long number = from; number < to; number++) {
            byte[] copy = id(template, number).getBytes(UTF_8);
            for (KeyValue row : rows) {
              byte[] key = row.key().clone();
              System.arraycopy(copy, 0, key, indexOf(key, id), copy.length);
              transaction.set(key, row.value());
            }
          }
          return true;
        });
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int at = 0; at + what.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }
}
