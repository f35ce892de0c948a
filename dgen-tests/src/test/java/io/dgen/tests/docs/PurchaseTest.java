package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.examples.counter.CounterClient;
import io.dgen.examples.counter.CounterServer;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.harness.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The purchase of the page on long work goes on behind what is done. */
class PurchaseTest {

  @Test
  void eachStepIsDoneOnce() {
    Shop shop = new Shop();
    try (Dgen dgen =
        Dgen.open(MemoryStore.open(), Cluster.OPTIONS.toBuilder().closeStore(true).build())) {
      dgen.host(PurchaseServer.of(() -> shop)).host(CounterServer.of());

      String receipt = PurchaseClient.of(dgen, "p").pay(List.of("ham", "eggs"), 500);

      assertThat(receipt).isEqualTo("paid 500");
      assertThat(shop.done)
          .containsExactly("ham", "eggs", "no answer", "paid 500", "no mail", "mail paid 500");
      assertThat(shop.keys).hasSize(1);
      await().until(() -> CounterClient.of(dgen, "sales").value() == 1);
    }
  }

  private static final class Shop implements Purchase.Shop {

    private final List<String> done = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    @Override
    public boolean reserve(String item) {
      return done.add(item);
    }

    @Override
    public String charge(String key, long cents) throws IOException {
      if (keys.add(key)) {
        done.add("no answer");
        throw new IOException("no answer");
      }
      String receipt = "paid " + cents;
      done.add(receipt);
      return receipt;
    }

    @Override
    public void mail(String receipt) {
      if (!done.contains("no mail")) {
        done.add("no mail");
        throw new IllegalStateException("no mail");
      }
      done.add("mail " + receipt);
    }
  }
}
