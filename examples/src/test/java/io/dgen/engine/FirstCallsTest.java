package io.dgen.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.examples.counter.CounterClient;
import io.dgen.examples.counter.CounterServer;
import io.dgen.store.local.LocalStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstCallsTest {

  @Test
  void owner() {
    try (Dgen dgen = Dgen.open(LocalStore.inMemory())) {
      dgen.host(CounterServer.of());
      CounterClient counter = CounterClient.of(dgen, "visits");
      counter.increment(1);
      counter.increment(1);
      assertThat(counter.value()).isEqualTo(2);
    }
  }

  @Test
  void other() {
    LocalStore store = LocalStore.inMemory();
    try (Dgen a = Dgen.open(store);
        Dgen b = Dgen.open(store, DgenOptions.DEFAULT.withCloseStore(false))) {
      a.host(CounterServer.of());
      CounterClient counter = CounterClient.of(b, "visits").withTimeout(Duration.ofSeconds(3));
      counter.increment(1);
      counter.increment(1);
      assertThat(counter.value()).isEqualTo(2);
      long t = System.nanoTime();
      for (int i = 0; i < 1000; i++) {
        counter.value();
      }
      System.out.println((System.nanoTime() - t) / 1000_000 + " us a call");
    }
  }
}
