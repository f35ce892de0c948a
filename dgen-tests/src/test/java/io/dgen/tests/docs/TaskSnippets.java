package io.dgen.tests.docs;

import io.dgen.Context;
import io.dgen.DeadLetter;
import io.dgen.DeadLetters;
import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.EntityAdmin;
import io.dgen.EntityStatus;
import io.dgen.FailureListener;
import io.dgen.Page;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.examples.counter.Counter;
import io.dgen.examples.counter.CounterClient;
import io.dgen.examples.counter.CounterMessage;
import io.dgen.examples.counter.CounterServer;
import io.dgen.examples.orders.StockClient;
import io.dgen.examples.payments.AccountClient;
import io.dgen.examples.payments.AccountMessage;
import io.dgen.store.Store;
import io.dgen.store.foundationdb.FoundationDbStore;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Code that the pages of docs show, where no example has it. */
final class TaskSnippets {

  private TaskSnippets() {}

  // Sending.

  static long send(Dgen dgen) {
    CounterClient visits = CounterClient.of(dgen, "visits");
    visits.increment(1); // durable when it returns
    CompletableFuture<Void> later = visits.incrementAsync(1); // does not wait
    long count = visits.value(); // sees both
    later.join();
    return count;
  }

  static void sendABatch(CounterClient visits) {
    visits.castAll(
        batch -> {
          batch.increment(1);
          batch.increment(new Counter.Increment(2));
        });
  }

  static boolean sendLater(Dgen dgen, CounterClient visits) {
    DelayedMessage increment = visits.after(Duration.ofHours(1)).increment(1);
    boolean inTime = dgen.cancel(increment);
    return inTime;
  }

  static void sendInATransaction(Store store, CounterClient visits, byte[] key, byte[] value) {
    store.run(
        transaction -> {
          transaction.set(key, value); // a key of your own
          visits.withIdempotencyKey("page-17").in(transaction).increment(1);
          return true;
        });
  }

  // Reading.

  static int readInACallback(Context context, String goods) {
    int free = StockClient.in(context, goods).free();
    return free;
  }

  // Errors and retries.

  static String pay(AccountClient account, String order, String card, long cents) {
    AccountClient once = account.withIdempotencyKey("pay-" + order);
    for (int attempt = 1; ; attempt++) {
      try {
        return once.pay(order, card, cents);
      } catch (DgenException e) {
        if (e.effect() != Effect.UNKNOWN || attempt == 3) {
          throw e;
        }
      }
    }
  }

  static Dgen failures(Store store, FailureListener alarm) {
    Dgen dgen =
        Dgen.open(
            store,
            it ->
                it.firstRetryDelay(Duration.ofMillis(200))
                    .maxRetryDelay(Duration.ofMinutes(1))
                    .failures(
                        policy ->
                            policy
                                .deadLetterThreshold(5)
                                .restartIntensity(20, Duration.ofMinutes(1)))
                    .failureListener(alarm));
    return dgen;
  }

  static Dgen settings(Store store) {
    Dgen dgen = Dgen.open(store, it -> it.timeout(Duration.ofSeconds(2)).closeStore(false));
    return dgen;
  }

  static void requeueThoseOfTheBank(AccountClient account) {
    DeadLetters<AccountMessage> letters = account.entity().deadLetters();
    Page<DeadLetter<AccountMessage>> page = letters.list(100);
    for (DeadLetter<AccountMessage> letter : page.items()) {
      if (letter.error().contains("the bank does not answer")) {
        letters.requeue(letter.key());
      }
    }
  }

  // Deleting.

  static void killAll(Dgen dgen) {
    Page<EntityStatus> page = dgen.admin().entities("Counter", 100);
    while (true) {
      for (EntityStatus entity : page.items()) {
        dgen.admin().entity("Counter", entity.id()).kill();
      }
      if (page.next().isEmpty()) {
        return;
      }
      page = dgen.admin().entities("Counter", 100, page.next().get());
    }
  }

  // Operations.

  static boolean areTheSame(Dgen dgen) {
    EntityAdmin<CounterMessage> entity = CounterClient.of(dgen, "visits").entity();
    EntityAdmin<String> sameEntity = dgen.admin().entity("Counter", "visits");
    return entity.id().equals(sameEntity.id());
  }

  // Backup.

  static void backUp(LocalStore store) {
    store.backup(Path.of("backups/monday"));
  }

  // Several processes.

  static void host(Dgen dgen) {
    dgen.host(CounterServer.of(), it -> it.only("hall", "office"));
  }

  static FoundationDbStore cluster() {
    FoundationDbStore store =
        FoundationDbStore.open(
            it ->
                it.clusterFile(Path.of("/etc/foundationdb/fdb.cluster")).directory("shop", "dgen"));
    return store;
  }

  // Deploying.

  static void deployed() throws InterruptedException {
    Dgen dgen = Dgen.open(LocalStore.open(Path.of("/var/lib/shop")));
    Runtime.getRuntime().addShutdownHook(new Thread(dgen::close, "close-dgen"));
    dgen.host(CounterServer.of());
    new CountDownLatch(1).await(); // dgen's threads are daemons and do not keep the JVM alive
  }

  static LocalStore nativeDirectory(Path directory) {
    LocalStore store =
        LocalStore.open(directory, it -> it.nativeDirectory(Path.of("/opt/shop/native")));
    return store;
  }
}
