package io.dgen.internal.store.rocks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reports repeatedly what the opening of a store is doing, if it takes long: after a crash the logs
 * are read, and an owner that cannot be checked is watched.
 */
final class OpeningReport implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Path directory;
  private final Consumer<String> lines;
  private final long begin = System.nanoTime();
  private final Heartbeat heartbeat;
  private volatile String doing = "checking the directory";

  private OpeningReport(Path directory, Duration interval, Consumer<String> lines) {
    this.directory = directory;
    this.lines = lines;
    this.heartbeat = Heartbeat.start("dgen-store-opening", interval, this::report);
  }

  /** Begins to report, to the log, once a second. */
  static OpeningReport begin(Path directory) {
    return begin(directory, INTERVAL, line -> StoreLog.log().info(line));
  }

  /** Begins to report. */
  static OpeningReport begin(Path directory, Duration interval, Consumer<String> lines) {
    return new OpeningReport(directory, interval, lines);
  }

  /** Sets the current activity. */
  void now(String what) {
    doing = what;
  }

  private void report() {
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    lines.accept(
        "opening the store in " + directory + ": " + doing + ", for " + seconds + " s so far");
  }

  @Override
  public void close() {
    heartbeat.stop();
  }
}
