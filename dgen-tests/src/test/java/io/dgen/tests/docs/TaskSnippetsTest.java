package io.dgen.tests.docs;

import static io.dgen.Results.unlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.LockedResult;
import io.dgen.error.DeadLetterException;
import io.dgen.examples.counter.CounterClient;
import io.dgen.examples.counter.CounterServer;
import io.dgen.examples.payments.Account;
import io.dgen.examples.payments.AccountClient;
import io.dgen.examples.payments.AccountServer;
import io.dgen.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The code that the pages of docs show does what they say. */
class TaskSnippetsTest {

  @Test
  void aCallSeesTheCastsBeforeIt() {
    try (Dgen dgen = Dgen.open(MemoryStore.open())) {
      dgen.host(CounterServer.of());

      assertThat(TaskSnippets.send(dgen)).isEqualTo(2);
    }
  }

  @Test
  void aDelayedMessageIsCancelledInTime() {
    try (Dgen dgen = Dgen.open(MemoryStore.open())) {
      dgen.host(CounterServer.of());

      assertThat(TaskSnippets.sendLater(dgen, CounterClient.of(dgen, "visits"))).isTrue();
    }
  }

  @Test
  void aMessageIsSentWithAKeyOfTheUsers() {
    byte[] key = "shop/page-17".getBytes(StandardCharsets.UTF_8);
    MemoryStore store = MemoryStore.open();
    try (Dgen dgen = Dgen.open(store)) {
      dgen.host(CounterServer.of());
      CounterClient visits = CounterClient.of(dgen, "visits");

      TaskSnippets.sendInATransaction(store, visits, key, key);
      TaskSnippets.sendInATransaction(store, visits, key, key);

      await().untilAsserted(() -> assertThat(visits.value()).isEqualTo(1));
      byte[] stored = store.read(transaction -> transaction.get(key).join());
      assertThat(stored).isEqualTo(key);
    }
  }

  @Test
  void whatIsPaidAgainIsPaidOnce() {
    Bank bank = new Bank();
    try (Dgen dgen = Dgen.open(MemoryStore.open())) {
      dgen.host(AccountServer.of(bank));
      AccountClient account = AccountClient.of(dgen, "ada");

      assertThat(TaskSnippets.pay(account, "order-1", "card", 100)).isEqualTo("charge 1");
      assertThat(TaskSnippets.pay(account, "order-1", "card", 100)).isEqualTo("charge 1");
      assertThat(account.payments()).hasSize(1);
    }
  }

  @Test
  void aDeadLetterIsRequeuedWhenTheBankAnswers() {
    Bank bank = new Bank();
    bank.answers.set(false);
    DgenOptions options = DgenOptions.builder().failures(it -> it.lockedThreshold(1)).build();
    try (Dgen dgen = Dgen.open(MemoryStore.open(), options)) {
      dgen.host(AccountServer.of(bank));
      AccountClient account = AccountClient.of(dgen, "ada");
      assertThatThrownBy(() -> account.pay("order-1", "card", 100))
          .isInstanceOf(DeadLetterException.class);

      bank.answers.set(true);
      TaskSnippets.requeueThoseOfTheBank(account);

      assertThat(account.payments()).hasSize(1);
      assertThat(account.entity().deadLetters().length()).isZero();
    }
  }

  @Test
  void allEntitiesOfAServerAreKilled() {
    try (Dgen dgen = Dgen.open(MemoryStore.open())) {
      dgen.host(CounterServer.of());
      for (int i = 0; i < 150; i++) {
        CounterClient.of(dgen, "counter-" + i).increment(1);
      }

      TaskSnippets.killAll(dgen);

      assertThat(dgen.admin().entities("Counter", 1).items()).isEmpty();
    }
  }

  /** Charges, or does not answer. */
  private static final class Bank implements Account {

    private final AtomicBoolean answers = new AtomicBoolean(true);
    private final AtomicInteger charges = new AtomicInteger();

    @Override
    public LockedResult<String, State> handleLocked(Pay message, State state) {
      if (!answers.get()) {
        throw new IllegalStateException("the bank does not answer");
      }
      String reference = "charge " + charges.incrementAndGet();
      Payment payment = new Payment(message.order(), message.cents(), reference);
      return unlock(reference, now -> new State(List.of(payment)));
    }
  }
}
