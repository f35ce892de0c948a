package io.dgen.benchmarks;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Queries beside calls that only read, of one entity: on its owner and on another node, by one
 * reader and by 64, alone and beside a writer at full load. Each is shown beside its floor:
 * transactions of the store that read and write the same, without the engine. All are run in turn,
 * several times.
 */
public final class QueriesBenchmark {

  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final Duration TIME = Duration.ofMillis(Integer.getInteger("millis", 3000));
  private static final int[] READERS = {1, 64};

  private final Store store;
  private final TallyClient here;
  private final TallyClient elsewhere;
  private final Table table = new Table(TIME);

  private QueriesBenchmark(Store store, Dgen owner, Dgen other) {
    this.store = store;
    this.here = TallyClient.of(owner, "tally");
    this.elsewhere = TallyClient.of(other, "tally");
  }

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws IOException if the directory cannot be used
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-queries");
    Files.createDirectories(directory);
    DgenOptions options =
        DgenOptions.builder().closeStore(false).timeout(TIME.plusMinutes(1)).build();
    try (Store store = LocalStore.open(directory.resolve("store"));
        Dgen owner = Dgen.open(store, options).host(TallyServer.of());
        Dgen other = Dgen.open(store, options)) {
      QueriesBenchmark benchmark = new QueriesBenchmark(store, owner, other);
      benchmark.here.add(1);
      for (int round = -1; round < ROUNDS; round++) {
        benchmark.run(round >= 0);
      }
      benchmark.table.print(ROUNDS);
    }
  }

  private void run(boolean counts) throws InterruptedException {
    table.begin();
    for (int readers : READERS) {
      String load = ", " + readers + (readers == 1 ? " reader" : " readers");
      measure(counts, "store alone: one read" + load, readers, () -> Floor.read(store, "floor"));
      measure(counts, "query on the owner" + load, readers, here::look);
      measure(counts, "call on the owner" + load, readers, here::value);
    }
    for (int readers : READERS) {
      String load = ", " + readers + (readers == 1 ? " reader" : " readers");
      besideAWriter(counts, "query beside a writer" + load, readers, here::look);
      besideAWriter(counts, "call beside a writer" + load, readers, here::value);
    }
    for (int readers : READERS) {
      String load = ", " + readers + (readers == 1 ? " reader" : " readers");
      measureFloorElsewhere(counts, "store alone: two commits" + load, readers);
      measure(counts, "query elsewhere" + load, readers, elsewhere::look);
      measure(counts, "call elsewhere" + load, readers, elsewhere::value);
    }
  }

  private void measure(boolean counts, String name, int readers, Runnable read)
      throws InterruptedException {
    table.measure(counts, name, readers, reader -> number -> read.run());
  }

  private void besideAWriter(boolean counts, String name, int readers, Runnable read)
      throws InterruptedException {
    Writer writer = new Writer(here);
    try {
      measure(counts, name, readers, read);
    } finally {
      writer.stop();
    }
  }

  /** Each reader has a place of its own: in one they would only get into each other's way. */
  private void measureFloorElsewhere(boolean counts, String name, int readers)
      throws InterruptedException {
    table.measure(
        counts, name, readers, reader -> number -> Floor.elsewhere(store, "floor/" + reader));
  }

  /** Casts to the entity, of which many are under way, until it is stopped. */
  private static final class Writer {

    private static final int WINDOW = 1000;

    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    Writer(TallyClient tally) {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    List<CompletableFuture<Void>> sent = new ArrayList<>(WINDOW);
                    while (!over.get()) {
                      for (int i = 0; i < WINDOW; i++) {
                        sent.add(tally.addAsync(1));
                      }
                      sent.forEach(CompletableFuture::join);
                      sent.clear();
                    }
                  });
    }

    void stop() throws InterruptedException {
      over.set(true);
      thread.join();
    }
  }
}
