package io.dgen.examples.counter;

import io.dgen.Dgen;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;

/** Counts visits: each run continues where the last one ended. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Path directory = Path.of(args.length > 0 ? args[0] : "data/counter");
    try (Dgen dgen = Dgen.open(LocalStore.open(directory))) {
      dgen.host(CounterServer.of()); // this process now runs Counter entities
      CounterClient visits = CounterClient.of(dgen, "visits");
      visits.increment(1); // durable when it returns
      visits.increment(1);
      System.out.println("visits = " + visits.value());
    }
  }
}
