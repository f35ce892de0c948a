package io.dgen.examples.orders;

import io.dgen.Dgen;
import io.dgen.examples.orders.Order.Status;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * Ten lamps, and four orders for them: one is paid, one is forgotten, one cannot be paid, and one
 * comes too late.
 */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Path directory = Path.of(args.length > 0 ? args[0] : "data/orders");
    try (Dgen dgen = Dgen.open(LocalStore.open(directory))) {
      dgen.host(OrderServer.of());
      dgen.host(StockServer.of());
      dgen.host(FundsServer.of());
      String run = UUID.randomUUID().toString(); // each run has lamps and orders of its own
      StockClient lamps = StockClient.of(dgen, "lamps-" + run);
      FundsClient funds = FundsClient.of(dgen, "funds-" + run);
      OrderClient paid = OrderClient.of(dgen, "paid-" + run);
      OrderClient forgotten = OrderClient.of(dgen, "forgotten-" + run);
      OrderClient tooDear = OrderClient.of(dgen, "too-dear-" + run);
      OrderClient late = OrderClient.of(dgen, "late-" + run);

      lamps.deliver(10);
      funds.fill(5_000);
      place(paid, "lamps-" + run, 5, Duration.ofDays(1));
      place(forgotten, "lamps-" + run, 2, Duration.ofSeconds(2));
      place(tooDear, "lamps-" + run, 2, Duration.ofDays(1));
      late.place("lamps-" + run, 2, Duration.ofDays(1));
      awaitStatus(late, Status.OUT_OF_STOCK);
      System.out.println("four orders, free lamps: " + lamps.free());

      System.out.println("the first is paid: " + paid.pay("funds-" + run, 3_000));
      awaitStatus(forgotten, Status.CANCELLED); // by a message that was sent to be late
      System.out.println("the second was not paid in time");
      System.out.println("the third is paid: " + tooDear.pay("funds-" + run, 3_000));

      System.out.println("paid: " + paid.look());
      System.out.println("forgotten: " + forgotten.look());
      System.out.println("too dear: " + tooDear.look());
      System.out.println("late: " + late.look());
      while (lamps.free() != 5) {
        Thread.sleep(10);
      }
      System.out.println("free lamps: " + lamps.free() + ", left: " + funds.cents());
    }
  }

  private static void place(OrderClient order, String goods, int count, Duration holdFor)
      throws InterruptedException {
    order.place(goods, count, holdFor);
    awaitStatus(order, Status.RESERVED);
  }

  private static void awaitStatus(OrderClient order, Status status) throws InterruptedException {
    while (order.look() != status) {
      Thread.sleep(10);
    }
  }
}
