package io.dgen.internal.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

final class OpeningReportTest {

  @Test
  void saysAgainAndAgainWhatTakesTime() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Path directory = Path.of("data/counter");
    try (OpeningReport report = OpeningReport.begin(directory, Duration.ofMillis(1), lines::add)) {
      report.now("checking the logs, of 12 MB");
      String line = lines.take();
      while (!line.contains("checking the logs")) {
        line = lines.take();
      }
      assertThat(line)
          .isEqualTo(
              "opening the store in data/counter: checking the logs, of 12 MB, for 0 s so far");
      assertThat(lines.take()).contains("data/counter");
    }
  }
}
