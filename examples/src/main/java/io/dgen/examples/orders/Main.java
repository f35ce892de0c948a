package io.dgen.examples.orders;

import io.dgen.Dgen;
import io.dgen.examples.orders.Order.Status;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Ten lamps, and three orders for them: one is paid, one is forgotten, one comes too late. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Path directory = Path.of(args.length > 0 ? args[0] : "data/orders");
    try (Dgen dgen = Dgen.open(LocalStore.open(directory))) {
      dgen.host(OrderServer.of());
      dgen.host(StockServer.of());
      String run = UUID.randomUUID().toString(); // each run has lamps and orders of its own
      StockClient lamps = StockClient.of(dgen, "lamps-" + run);
      OrderClient paid = OrderClient.of(dgen, "paid-" + run);
      OrderClient forgotten = OrderClient.of(dgen, "forgotten-" + run);
      OrderClient late = OrderClient.of(dgen, "late-" + run);

      lamps.deliver(10);
      paid.place("lamps-" + run, 6, Duration.ofDays(1));
      awaitStatus(paid, Status.RESERVED);
      forgotten.place("lamps-" + run, 3, Duration.ofSeconds(2));
      awaitStatus(forgotten, Status.RESERVED);
      late.place("lamps-" + run, 2, Duration.ofDays(1));
      awaitStatus(late, Status.OUT_OF_STOCK);
      System.out.println("three orders, free lamps: " + lamps.free());

      System.out.println("the first is paid: " + paid.pay());
      awaitStatus(forgotten, Status.CANCELLED); // by a message that was sent to be late
      System.out.println("the second was not paid in time");

      System.out.println("paid: " + paid.look());
      System.out.println("forgotten: " + forgotten.look());
      System.out.println("late: " + late.look());
      while (lamps.free() != 4) {
        Thread.sleep(10);
      }
      System.out.println("free lamps: " + lamps.free());
    }
  }

  private static void awaitStatus(OrderClient order, Status status) throws InterruptedException {
    while (order.look() != status) {
      Thread.sleep(10);
    }
  }
}
