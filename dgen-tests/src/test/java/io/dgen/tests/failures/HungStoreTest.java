package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.CallTimeoutException;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store whose disk hangs: whoever asks it for anything does not come back. */
class HungStoreTest {

  private final CountDownLatch released = new CountDownLatch(1);
  private final Store store = MemoryStore.open();
  private volatile boolean hangs;

  private final Store hung =
      new Store() {
        @Override
        public Transaction createTransaction(TransactionOptions options) {
          hang();
          return store.createTransaction(options);
        }

        @Override
        public void close() {
          hang();
          store.close();
        }
      };

  private void hang() {
    if (hangs) {
      var unused = Threads.waitFor(released, true);
    }
  }

  @AfterEach
  void release() {
    released.countDown();
  }

  @Test
  void everyOperationKeepsItsTimeout() {
    Dgen node =
        Dgen.open(
            hung,
            Cluster.OPTIONS.toBuilder()
                .closeStore(false)
                .closeTimeout(Duration.ofMillis(50))
                .timeout(Duration.ofMillis(100))
                .build());
    node.host(GateServer.of(who -> {}));
    GateClient entity = GateClient.of(node, "e").withTimeout(Duration.ofMillis(100));
    hangs = true;
    List<ThrowingCallable> operations =
        List.of(
            () -> entity.pass("x"),
            () -> node.admin().entity("Gate", "e").status(),
            () -> node.admin().entities("Gate", 1),
            () -> node.admin().entity("Gate", "e").pause("why"),
            () -> node.admin().entity("Gate", "e").resume(),
            entity.entity()::queueLength,
            entity.entity()::breakLock,
            () -> entity.entity().deadLetters().length(),
            entity.entity()::kill,
            entity.entity()::reset);
    for (ThrowingCallable operation : operations) {
      assertThatThrownBy(operation).isInstanceOf(CallTimeoutException.class);
    }
    assertThatThrownBy(node::close).isInstanceOf(CallTimeoutException.class);
  }

  @Test
  void closingEndsThoughTheStoreNeverCloses() {
    Dgen node =
        Dgen.open(
            hung,
            Cluster.OPTIONS.toBuilder()
                .closeStore(true)
                .closeTimeout(Duration.ofMillis(50))
                .build());
    hangs = true;
    CompletableFuture<Void> closed =
        CompletableFuture.runAsync(node::close, task -> Thread.ofPlatform().start(task));
    await().until(closed::isDone);
    assertThat(closed).isCompletedExceptionally();
  }
}
