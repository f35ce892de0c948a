package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.DgenException;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.ForwardingTransaction;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No memory, wherever the engine asks the store for something: in its scans, heartbeats, watches,
 * timers, mailbox, delayed messages and locks. The node goes on as soon as there is some again.
 */
public class NoMemoryTest {

  private static final Duration SOON = Duration.ofMillis(100);

  /** What is asked of a store. */
  enum Ask {
    TRANSACTION,
    GET,
    GET_RANGE,
    READ_VERSION,
    SET,
    MUTATE,
    COMMIT,
    WATCH,
    ON_ERROR,
    CLOSE
  }

  @TempDir Path directory;

  private volatile @Nullable Ask failing;
  private final AtomicInteger failed = new AtomicInteger();

  /** Half of what is asked fails, so that what follows a first step is hit too. */
  private final AtomicInteger asked = new AtomicInteger();

  private final Store poor =
      new Store() {
        @Override
        public Transaction createTransaction(TransactionOptions options) {
          check(Ask.TRANSACTION);
          return new Poor(cluster.store().createTransaction(options));
        }

        @Override
        public void close() {}
      };

  private Cluster cluster;

  @BeforeEach
  void open() {
    cluster = new Cluster(TestStores.one(), directory);
  }

  private void check(Ask ask) {
    if (failing == ask && asked.getAndIncrement() % 2 == 0) {
      failed.incrementAndGet();
      throw new OutOfMemoryError("as asked, for " + ask);
    }
  }

  private final class Poor extends ForwardingTransaction {

    Poor(Transaction transaction) {
      super(transaction);
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
      check(Ask.GET);
      return super.get(from, key);
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      check(Ask.GET_RANGE);
      return super.getRange(from, begin, end, limit, reverse);
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
      check(Ask.READ_VERSION);
      return super.getReadVersion();
    }

    @Override
    public void set(byte[] key, byte[] value) {
      check(Ask.SET);
      super.set(key, value);
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
      check(Ask.MUTATE);
      super.mutate(type, key, operand);
    }

    @Override
    public CompletableFuture<Void> commit() {
      check(Ask.COMMIT);
      return super.commit();
    }

    @Override
    public CompletableFuture<Void> watch(byte[] key) {
      check(Ask.WATCH);
      return super.watch(key);
    }

    @Override
    public CompletableFuture<Void> onError(Throwable error) {
      check(Ask.ON_ERROR);
      return super.onError(error);
    }

    @Override
    public void close() {
      super.close();
      check(Ask.CLOSE);
    }
  }

  @AfterEach
  void close() {
    failing = null;
    cluster.close();
  }

  private static void attempt(Runnable operation) {
    try {
      operation.run();
    } catch (DgenException | OutOfMemoryError e) {
      // What it says is of no interest here: that something is said, within its time, is.
      assertThat(e).hasMessageNotContaining("bug in dgen");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNodeGoesOn(Ask ask) {
    Dgen host =
        cluster
            .node(
                poor,
                options ->
                    options.toBuilder()
                        .pollInterval(SOON)
                        .livenessTimeout(Duration.ofSeconds(2))
                        .lockTimeout(Duration.ofSeconds(1))
                        .timeout(Duration.ofSeconds(2))
                        .build())
            .host(WorkshopServer.of(new Foreman()))
            .host(GateServer.of(who -> {}));
    Dgen sender =
        cluster.node(
            options ->
                options.toBuilder()
                    .pollInterval(SOON)
                    .livenessTimeout(Duration.ofSeconds(2))
                    .build());
    GateClient near = GateClient.of(host, "near");
    near.pass("before");
    failing = ask;
    GateClient.of(sender, "far").pass("meanwhile");
    GateClient.of(sender, "far").after(SOON).pass("later");
    WorkshopClient.of(sender, "w").add("x");
    for (int i = 0; i < 3; i++) {
      attempt(() -> near.pass("meanwhile"));
      attempt(() -> host.admin().entity("Gate", "near").status());
      attempt(() -> GateClient.of(host, "there").after(SOON).pass("late"));
      attempt(() -> near.withTimeout(SOON).ask("in a hurry"));
      attempt(() -> WorkshopClient.of(host, "w" + 1).build("y"));
    }
    if (ask != Ask.ON_ERROR) {
      await().until(() -> failed.get() > 0);
    }
    failing = null;
    near.withTimeout(Duration.ofSeconds(60)).pass("after");
    assertThat(near.withTimeout(Duration.ofSeconds(60)).passed())
        .startsWith("before")
        .contains("after");
    GateClient far = GateClient.of(sender, "far");
    await().until(() -> far.passed().size() == 2);
    assertThat(far.passed()).containsExactlyInAnyOrder("meanwhile", "later");
    assertThat(WorkshopClient.of(sender, "w").build("z")).isEqualTo("made z");
    assertThat(host.admin().entity("Gate", "near").status().owner()).isPresent();
  }
}
