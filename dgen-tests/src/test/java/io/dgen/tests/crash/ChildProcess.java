package io.dgen.tests.crash;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.error.DgenException;
import io.dgen.store.Store;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a child JVM of the crash tests does: it counts, and writes one byte for each increment that
 * was acknowledged, until it is killed. Its output is not buffered, so what it wrote before the
 * kill is read behind it.
 */
public final class ChildProcess {

  static final char ACKNOWLEDGED = '+';

  /** How the child increments. */
  enum Mode {
    /** One thread. */
    SYNC(1),
    /** Eight threads. */
    THREADS(8),
    /** One thread that does not wait for each. */
    ASYNC(64),
    /** Not at all: it holds the store open. */
    HOLD(0);

    /** How many increments may be on their way, not known to be acknowledged, at any time. */
    final int inFlight;

    Mode(int inFlight) {
      this.inFlight = inFlight;
    }
  }

  /**
   * On a cluster the entities of a process that was killed are still that process's until the
   * liveness timeout has passed, and calls must outlast it.
   */
  static final DgenOptions OPTIONS =
      DgenOptions.builder()
          .timeout(Duration.ofSeconds(60))
          .livenessTimeout(Duration.ofSeconds(1))
          .build();

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private ChildProcess() {}

  /** Arguments: directory, mode, kind of store. */
  public static void main(String[] args) throws Exception {
    Mode mode = Mode.valueOf(args[1]);
    Store store;
    try {
      store = TestStores.named(args[2]).open(Path.of(args[0]));
    } catch (DgenException e) {
      write("refused: " + e.getMessage() + "\n");
      return;
    }
    try (Dgen dgen = Dgen.open(store, OPTIONS)) {
      dgen.host(CountersServer.of());
      CountersClient visits = CountersClient.of(dgen, "visits");
      write("value " + visits.value() + "\n");
      switch (mode) {
        case SYNC -> increment(visits);
        case THREADS -> Threads.run(mode.inFlight, thread -> increment(visits));
        case ASYNC -> incrementAsync(visits, mode.inFlight);
        case HOLD -> {
          int closed = System.in.read();
          write("closing " + closed + "\n");
        }
      }
    }
  }

  private static void increment(CountersClient visits) {
    while (true) {
      visits.add(1);
      write(String.valueOf(ACKNOWLEDGED));
    }
  }

  private static void incrementAsync(CountersClient visits, int window) throws Exception {
    Semaphore free = new Semaphore(window);
    AtomicInteger failed = new AtomicInteger();
    while (failed.get() == 0) {
      free.acquire();
      CompletableFuture<Void> unused =
          visits
              .addAsync(1)
              .whenComplete(
                  (done, error) -> {
                    if (error != null) {
                      failed.incrementAndGet();
                    } else {
                      write(String.valueOf(ACKNOWLEDGED));
                    }
                    free.release();
                  });
    }
  }

  private static synchronized void write(String text) {
    try {
      OUT.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
