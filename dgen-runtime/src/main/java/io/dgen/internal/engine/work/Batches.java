package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Writes what comes from many threads in transactions, one of which is in flight at a time and
 * takes whatever waits. Thread-safe.
 */
public final class Batches<T> {

  /** How many one transaction takes, and about how many bytes. */
  private static final int MAX = 1000;

  private static final int MAX_BYTES = 1_000_000;

  private final Environment environment;
  private final ToLongFunction<T> size;
  private final Consumer<List<T>> write;

  // Guarded by {@code this}:

  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private boolean writing;

  /**
   * Creates it.
   *
   * @param size returns about how many bytes one adds to a transaction
   * @param write writes a batch that is not empty, and throws nothing
   */
  public Batches(Environment environment, ToLongFunction<T> size, Consumer<List<T>> write) {
    this.environment = environment;
    this.size = size;
    this.write = write;
  }

  /** Adds one to be written. */
  public void add(T one) {
    boolean starts;
    synchronized (this) {
      waiting.add(one);
      starts = !writing;
      writing = true;
    }
    if (starts) {
      environment.execute(this::writeAll);
    }
  }

  private void writeAll() {
    List<T> batch = next();
    while (!batch.isEmpty()) {
      write.accept(batch);
      batch = next();
    }
  }

  private synchronized List<T> next() {
    List<T> batch = new ArrayList<>();
    long bytes = 0;
    while (!waiting.isEmpty() && batch.size() < MAX) {
      bytes += size.applyAsLong(waiting.getFirst());
      if (!batch.isEmpty() && bytes > MAX_BYTES) {
        break;
      }
      batch.add(waiting.removeFirst());
    }
    writing = !batch.isEmpty();
    return batch;
  }
}
