package io.dgen.internal.store.rocks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Says again and again what the opening of a store is doing, if it takes long: after a crash the
 * logs are read, and an owner that cannot be asked is waited for.
 */
final class OpeningReport implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Path directory;
  private final Consumer<String> lines;
  private final long begin = System.nanoTime();
  private final Heartbeat heartbeat;
  private volatile String doing = "looking at the directory";

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

  /** Says what comes next. */
  void now(String what) {
    doing = what;
  }

  private void report() {
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    lines.accept(
        "opening the store in " + directory + ": " + doing + ", for " + seconds + " s in all");
  }

  @Override
  public void close() {
    heartbeat.stop();
  }
}
