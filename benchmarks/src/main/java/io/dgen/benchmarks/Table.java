package io.dgen.benchmarks;

import io.dgen.benchmarks.Load.Figures;
import io.dgen.benchmarks.Load.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** A table of loads that are run in turn, several times. */
final class Table {

  private final Duration time;
  private final List<Row> rows = new ArrayList<>();
  private int next;

  /** Creates a table of loads of so much time each. */
  Table(Duration time) {
    this.time = time;
  }

  /** Begins a round: the same loads are run again, in the same order. */
  void begin() {
    next = 0;
  }

  /**
   * Runs a load for the next row.
   *
   * @param counts whether it counts, or only warms up
   */
  void measure(boolean counts, String name, int callers, IntFunction<Operation> operations)
      throws InterruptedException {
    if (next == rows.size()) {
      rows.add(new Row(name));
    }
    Figures figures = Load.closed(callers, time, operations);
    rows.get(next++).add(counts, figures);
  }

  /** Prints the medians. */
  void print(int rounds) {
    System.out.printf(
        Locale.ROOT, "%-42s %10s %9s %9s%n", "median of " + rounds, "/s", "p50 us", "p99 us");
    for (Row row : rows) {
      Figures median = row.median();
      System.out.printf(
          Locale.ROOT,
          "%-42s %10.0f %9.0f %9.0f%n",
          row.name(),
          median.perSecond(),
          median.p50Micros(),
          median.p99Micros());
    }
  }
}
