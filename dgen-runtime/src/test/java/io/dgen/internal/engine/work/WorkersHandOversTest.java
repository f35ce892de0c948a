package io.dgen.internal.engine.work;

import io.dgen.internal.testing.Hand;
import io.dgen.internal.testing.Schedules;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is handed to the threads of the engine, under controlled schedules. */
@Tag("long")
final class WorkersHandOversTest {

  @Test
  void aTaskWhileTheLastThreadEndsIsRun() {
    Schedules.explore(new RunsTwo());
  }

  private static final class RunsTwo implements Runnable {
    @Override
    public void run() {
      Workers workers = new Workers(1, Thread::new, (task, nanos) -> {}, 0);
      CompletableFuture<Void> first = new CompletableFuture<>();
      CompletableFuture<Void> second = new CompletableFuture<>();
      Hand other = Hand.start(() -> workers.execute(() -> first.complete(null)));
      workers.execute(() -> second.complete(null));
      first.join();
      second.join();
      other.end();
    }
  }
}
