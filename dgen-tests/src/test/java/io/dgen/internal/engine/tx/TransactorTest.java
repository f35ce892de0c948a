package io.dgen.internal.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.error.OutcomeUnknownException;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.internal.testing.FaultInjectingStore;
import io.dgen.internal.testing.FaultInjectingStore.Faults;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import io.dgen.store.memory.MemoryStore;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactorTest {

  private static final byte[] KEY = {'k'};

  /** Its commits happen, and nobody hears of it; nothing is tried again. */
  private static final class Mute implements Store {

    private final Store store;
    private final Store mute;
    private boolean isMute = true;

    Mute(Store store) {
      this.store = store;
      Faults unknown = new Faults(0, 1, 0, 0, Duration.ofMillis(1));
      this.mute =
          new FaultInjectingStore(
              store,
              unknown,
              new Random(1),
              (task, delay) -> {
                throw new AssertionError();
              });
    }

    @Override
    public Transaction createTransaction(TransactionOptions options) {
      return (isMute ? mute : store).createTransaction(options.toBuilder().retryLimit(0).build());
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** A commit that is still under way would overwrite the next receipt in its slot. */
  @Test
  void aSlotInDoubtIsNotUsedAgain() throws InterruptedException {
    KeyLayout layout = new KeyLayout(new byte[] {'r'});
    try (SystemEnvironment environment = new SystemEnvironment();
        Mute store = new Mute(MemoryStore.open())) {
      NodeId node = NodeId.random(environment.random());
      Transactor transactor = new Transactor(store, environment, new Receipts(layout, node));
      Transactor.Body<Boolean> write =
          attempt -> {
            attempt.writes().set(KEY, KEY);
            return true;
          };
      assertThatThrownBy(() -> transactor.run(write))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("it is unknown whether");
      store.isMute = false;
      byte[] inDoubt = read(store, layout.receiptKey(node, 0));
      assertThat(inDoubt).isNotNull();
      assertThat(transactor.run(write).value()).isTrue();
      assertThat(transactor.run(write).value()).isTrue();
      assertThat(read(store, layout.receiptKey(node, 0))).isEqualTo(inDoubt);
      assertThat(read(store, layout.receiptKey(node, 1))).isNotNull();
      assertThat(read(store, layout.receiptKey(node, 2))).as("the next slot is reused").isNull();
    }
  }

  private static byte[] read(Store store, byte[] key) {
    return store.read(transaction -> transaction.get(key).join());
  }
}
