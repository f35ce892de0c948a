package io.dgen.benchmarks;

import java.util.Arrays;

/** Collects how long things took, from one look to the next. Thread-safe. */
final class Latencies {

  private long[] taken = new long[1024];
  private int count;

  synchronized void add(long nanos) {
    if (count == taken.length) {
      taken = Arrays.copyOf(taken, 2 * count);
    }
    taken[count++] = nanos;
  }

  /** What was collected since the last look. */
  synchronized Quantiles take() {
    Arrays.sort(taken, 0, count);
    Quantiles quantiles =
        count == 0
            ? new Quantiles(0, 0, 0)
            : new Quantiles(count, taken[count / 2] / 1e6, taken[(int) (count * 0.99)] / 1e6);
    count = 0;
    return quantiles;
  }

  /**
   * How long most took.
   *
   * @param count how many there were
   * @param p50Millis half took no longer
   * @param p99Millis of a hundred, one took longer
   */
  record Quantiles(int count, double p50Millis, double p99Millis) {}
}
