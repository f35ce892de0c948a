package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.examples.counter.CounterClient;
import io.dgen.examples.counter.CounterServer;
import io.dgen.examples.orders.Order.Status;
import io.dgen.examples.orders.OrderClient;
import io.dgen.examples.orders.OrderServer;
import io.dgen.examples.orders.StockClient;
import io.dgen.examples.orders.StockServer;
import io.dgen.store.memory.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The tests of docs/testing.md that run an engine. */
class OrderPageTest {

  @Test
  void anOrderReservesItsGoods() {
    try (Dgen dgen = Dgen.open(MemoryStore.open())) {
      dgen.host(OrderServer.of());
      dgen.host(StockServer.of());
      StockClient.of(dgen, "lamps").deliver(10);
      OrderClient order = OrderClient.of(dgen, "order-1");

      order.place("lamps", 3, Duration.ofDays(1));

      await().until(() -> order.look() == Status.RESERVED); // the answer of the stock is a message
      assertThat(StockClient.of(dgen, "lamps").free()).isEqualTo(7);
    }
  }

  @Test
  void stateOutlivesANode() {
    try (MemoryStore store = MemoryStore.open()) {
      DgenOptions options = DgenOptions.builder().closeStore(false).build();
      try (Dgen first = Dgen.open(store, options)) {
        first.host(CounterServer.of());
        CounterClient.of(first, "visits").increment(1);
      }
      try (Dgen second = Dgen.open(store, options)) {
        second.host(CounterServer.of());
        assertThat(CounterClient.of(second, "visits").value()).isEqualTo(1);
      }
    }
  }
}
