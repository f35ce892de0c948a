package io.dgen.benchmarks;

import io.dgen.Dgen;
import io.dgen.benchmarks.Load.Figures;
import io.dgen.benchmarks.Load.Operation;
import io.dgen.error.RefusedException;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Calls and casts on the embedded store, beside two floors: a bare append with fdatasync, and the
 * writes of a call in a transaction of the store without the engine. They are run in turn, several
 * times, so that a disk that changes its pace changes them all.
 */
public final class EngineBenchmark {

  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final Duration TIME = Duration.ofMillis(Integer.getInteger("millis", 3000));
  private static final int CALLERS = 64;
  private static final int ENTITIES = 1000;

  private EngineBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws Exception if something fails
   */
  public static void main(String[] args) throws Exception {
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-engine");
    Files.createDirectories(directory);
    List<Row> rows = new ArrayList<>();
    Row fsync = new Row("bare append and fdatasync");
    Row floorOne = new Row("store alone, 1 writer");
    Row callOne = new Row("call, 1 caller");
    Row floorMany = new Row("store alone, 64 writers, 1,000 places");
    Row callHot = new Row("call, 64 callers, 1 entity");
    Row callMany = new Row("call, 64 callers, 1,000 entities");
    Row castMany = new Row("cast, 64 senders, 1,000 entities");
    Row replyHot = new Row("call that only replies, 64 callers, 1 entity");
    Row refusedHot = new Row("call that is refused, 64 callers, 1 entity");
    Row castAsync = new Row("cast, 4 async senders of 1,000, 1 entity");
    rows.addAll(
        List.of(
            fsync,
            floorOne,
            callOne,
            floorMany,
            callHot,
            callMany,
            replyHot,
            refusedHot,
            castMany,
            castAsync));
    try (FileChannel file = open(directory.resolve("fsync"));
        Store bare = LocalStore.open(directory.resolve("bare"));
        Dgen dgen = Dgen.open(LocalStore.open(directory.resolve("engine")))) {
      dgen.host(TallyServer.of());
      Operation sync = append(file);
      IntFunction<Operation> one = caller -> number -> Floor.round(bare, "one");
      IntFunction<Operation> many =
          caller -> number -> Floor.round(bare, "place-" + spread(caller, number));
      TallyClient hot = TallyClient.of(dgen, "hot");
      TallyClient[] clients = new TallyClient[ENTITIES];
      for (int i = 0; i < ENTITIES; i++) {
        clients[i] = TallyClient.of(dgen, "tally-" + i);
      }
      for (int round = -1; round < ROUNDS; round++) {
        boolean counts = round >= 0;
        fsync.add(counts, Load.closed(1, TIME, caller -> sync));
        floorOne.add(counts, Load.closed(1, TIME, one));
        callOne.add(counts, Load.closed(1, TIME, caller -> number -> hot.next(1)));
        floorMany.add(counts, Load.closed(CALLERS, TIME, many));
        callHot.add(counts, Load.closed(CALLERS, TIME, caller -> number -> hot.next(1)));
        callMany.add(
            counts,
            Load.closed(
                CALLERS, TIME, caller -> number -> clients[spread(caller, number)].next(1)));
        castMany.add(
            counts,
            Load.closed(CALLERS, TIME, caller -> number -> clients[spread(caller, number)].add(1)));
        replyHot.add(counts, Load.closed(CALLERS, TIME, caller -> number -> hot.value()));
        refusedHot.add(counts, Load.closed(CALLERS, TIME, caller -> number -> refused(hot)));
        double perSecond = Load.open(4, 1000, TIME, sender -> number -> hot.addAsync(1));
        castAsync.add(counts, new Figures(perSecond, Double.NaN, Double.NaN));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-42s %10s %9s %9s %9s %9s%n",
        "median of " + ROUNDS,
        "/s",
        "p50 us",
        "p99 us",
        "x fsync",
        "x store");
    for (Row row : rows) {
      Row floor = row == callOne || row == floorOne ? floorOne : floorMany;
      print(row, fsync, floor);
    }
  }

  private static void refused(TallyClient hot) {
    try {
      throw new IllegalStateException("replied with " + hot.deny());
    } catch (RefusedException e) {
      // As asked.
    }
  }

  private static int spread(int caller, long number) {
    return (int) ((caller * 31L + number * 17) % ENTITIES);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static Operation append(FileChannel file) {
    ByteBuffer record = ByteBuffer.allocate(300);
    return number -> {
      file.write(record.clear());
      file.force(false);
    };
  }

  private static void print(Row row, Row fsync, Row floor) {
    Figures median = row.median();
    System.out.printf(
        Locale.ROOT,
        "%-42s %10.0f %9.0f %9.0f %9.2f %9.2f%n",
        row.name(),
        median.perSecond(),
        median.p50Micros(),
        median.p99Micros(),
        median.perSecond() / fsync.median().perSecond(),
        median.perSecond() / floor.median().perSecond());
  }
}
