package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.error.DeadLetterException;
import io.dgen.store.memory.MemoryStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The server of docs/callbacks.md does what the page says. */
class PrinterTest {

  private static final DgenOptions OPTIONS =
      DgenOptions.builder()
          .firstRetryDelay(Duration.ofMillis(1))
          .failures(it -> it.lockedThreshold(2))
          .build();

  @Test
  void everyCallbackRuns() {
    try (Dgen dgen = Dgen.open(MemoryStore.open(), OPTIONS)) {
      dgen.host(PrinterServer.of(PrinterTest::print));
      PrinterClient printer = PrinterClient.of(dgen, "hall");

      assertThat(printer.print("letter")).isZero();
      CompletableFuture<Integer> paper = printer.awaitPaperAsync();
      printer.refill(5);
      assertThat(paper.join()).isEqualTo(5);
      assertThat(printer.print("letter")).isEqualTo(2);
      assertThat(printer.sheets()).isEqualTo(3);
      assertThatThrownBy(() -> printer.print("jam")).isInstanceOf(DeadLetterException.class);
      assertThat(dgen.admin().entity("Printer", "hall").stateAsJson())
          .contains("jam, given up after 2 attempts");
      printer.empty();
      assertThat(printer.sheets()).isZero();
    }
  }

  private static int print(String document) {
    if (document.equals("jam")) {
      throw new IllegalStateException("paper jam");
    }
    return 2;
  }
}
