package io.dgen.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.dgen.Dgen;
import io.dgen.benchmarks.Roll.Kind;
import io.dgen.benchmarks.Roll.Name;
import io.dgen.generated.codec.StateSink;
import io.dgen.store.memory.MemoryStore;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The CPU time that one edit of a list costs that is stored item by item, by the length of the
 * list: what dgen does with the list that a callback returned (freezing it and writing the
 * difference), what the callback itself does, and a whole call on a store in memory, garbage
 * collection included, beside the same call on an entity whose list is short. All are run in turn,
 * several times; medians are printed.
 */
public final class ListsBenchmark {

  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final long NANOS = Long.getLong("millis", 300) * 1_000_000;
  private static final LongSupplier THREAD =
      ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
  private static final LongSupplier PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime;
  private static final int[] LENGTHS = {1_000, 10_000, 100_000};

  /** What a call costs that has next to nothing to edit. */
  private static final int SHORT = 10;

  private ListsBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args none
   */
  public static void main(String[] args) {
    try (Dgen dgen = Dgen.open(MemoryStore.open())) {
      dgen.host(RollServer.of());
      List<Case> cases = new ArrayList<>();
      for (int length : LENGTHS) {
        for (Kind kind : Kind.values()) {
          cases.add(new Case(dgen, kind, length));
        }
      }
      for (int round = -1; round < ROUNDS; round++) {
        for (Case each : cases) {
          each.run(round >= 0);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%-20s %8s %12s %14s %12s %14s%n",
          "CPU us, median of " + ROUNDS,
          "items",
          "dgen's codec",
          "the callback",
          "a call",
          "a call of " + SHORT);
      cases.forEach(Case::print);
    }
  }

  /** An edit of a list of a length. */
  private static final class Case {

    private final Kind kind;
    private final int length;
    private final Roll.State before;
    private final Roll.State after;
    private final RollClient client;
    private final RollClient shortClient;
    private final Row codec = new Row("codec");
    private final Row callback = new Row("callback");
    private final Row call = new Row("call");
    private final Row shortCall = new Row("short call");
    private final Sink sink = new Sink();
    private long number;

    Case(Dgen dgen, Kind kind, int length) {
      this.kind = kind;
      this.length = length;
      before = RollCodec.STATES.freeze(null, new Roll.State(Roll.names(0, length)));
      after = new Roll.State(edited());
      client = RollClient.of(dgen, kind + " " + length);
      shortClient = RollClient.of(dgen, kind + " " + SHORT + " " + length);
    }

    private List<Name> edited() {
      List<Name> names = new ArrayList<>(before.names());
      kind.apply(names, number++);
      return names;
    }

    void run(boolean counts) {
      Runnable nothing = () -> {};
      time(
          codec,
          counts,
          THREAD,
          Integer.MAX_VALUE,
          nothing,
          () -> RollCodec.STATES.write(before, RollCodec.STATES.freeze(before, after), sink));
      time(
          callback,
          counts,
          THREAD,
          Integer.MAX_VALUE,
          nothing,
          () -> sink.bytes += edited().size());
      time(
          call,
          counts,
          PROCESS,
          length / 20,
          () -> fill(client, length),
          () -> client.edit(kind, number++));
      time(
          shortCall,
          counts,
          PROCESS,
          SHORT / 2,
          () -> fill(shortClient, SHORT),
          () -> shortClient.edit(kind, number++));
    }

    /** Gives a list its length again. */
    private void fill(RollClient client, int wanted) {
      int filled;
      do {
        filled = client.fill(wanted, number);
        number += Roll.STEP;
      } while (filled != wanted);
    }

    /** Prepares again, with the clock stopped, before a list has become much longer or shorter. */
    private static void time(
        Row row,
        boolean counts,
        LongSupplier clock,
        int edits,
        Runnable prepare,
        Runnable operation) {
      long operations = 0;
      long used = 0;
      long taken = 0;
      while (taken < NANOS) {
        prepare.run();
        long began = System.nanoTime();
        long usedBefore = clock.getAsLong();
        long now = began;
        for (int i = 0; i < edits && taken + now - began < NANOS; i++) {
          operation.run();
          operations++;
          now = System.nanoTime();
        }
        used += clock.getAsLong() - usedBefore;
        taken += now - began;
      }
      row.add(counts, new Load.Figures(operations * 1e9 / used, Double.NaN, Double.NaN));
    }

    void print() {
      System.out.printf(
          Locale.ROOT,
          "%-20s %8d %12.1f %14.1f %12.1f %14.1f%n",
          kind,
          length,
          micros(codec),
          micros(callback),
          micros(call),
          micros(shortCall));
    }

    private static double micros(Row row) {
      return 1e6 / row.median().perSecond();
    }
  }

  /** Counts what is written, so that it is not optimised away. */
  private static final class Sink implements StateSink {

    private long bytes;

    @Override
    public void set(byte[] path, byte[] value) {
      bytes += path.length + value.length;
    }

    @Override
    public void clearAll(byte[] path) {
      bytes += path.length;
    }
  }
}
