package io.dgen.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Completions among which there is code of users that blocks. */
final class CompletionPoolTest {

  private final CompletionPool pool = new CompletionPool(new TimerThread());

  @Test
  void whatBlocksHoldsUpNoOtherHoweverManyDo() {
    CountDownLatch blocked = new CountDownLatch(1);
    AtomicInteger blocking = new AtomicInteger();
    for (int i = 0; i < 1_000; i++) {
      pool.execute(
          () -> {
            blocking.incrementAndGet();
            try {
              blocked.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    CompletableFuture<Void> other = new CompletableFuture<>();
    pool.execute(() -> other.complete(null));
    other.join();
    await().untilAsserted(() -> assertThat(blocking).hasValue(1_000));
    assertThat(pool.threads()).isLessThanOrEqualTo(256);
    blocked.countDown();
  }

  @Test
  void whatIsShortNeedsAFewPlatformThreads() {
    for (int i = 0; i < 10_000; i++) {
      CompletableFuture<Boolean> virtual = new CompletableFuture<>();
      pool.execute(() -> virtual.complete(Thread.currentThread().isVirtual()));
      assertThat(virtual.join()).isFalse();
    }
    assertThat(pool.threads()).isLessThanOrEqualTo(2);
  }

  @Test
  void aTaskThatThrowsOrInterruptsItsThreadEndsNothing() {
    for (int i = 0; i < 10; i++) {
      pool.execute(
          () -> {
            Thread.currentThread().interrupt();
            throw new OutOfMemoryError("of a user");
          });
    }
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    pool.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
    assertThat(interrupted.join()).isFalse();
  }

  @Test
  void aTaskThatNobodyCouldLookAfterIsRunAllTheSame() {
    CompletionPool unwatched =
        new CompletionPool(
            (task, delay) -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    CompletableFuture<Void> done = new CompletableFuture<>();
    unwatched.execute(() -> done.complete(null));
    done.join();
    assertThat(done).isCompleted();
  }
}
