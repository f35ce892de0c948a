package io.dgen.examples.payments;

import io.dgen.DeadLetter;
import io.dgen.Dgen;
import io.dgen.error.DeadLetterException;
import io.dgen.examples.payments.Account.Payment;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.util.UUID;

/** A customer pays for three orders, at a bank that does not always answer. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    // What fails here fails on purpose. Elsewhere you want to see it.
    System.setProperty("org.slf4j.simpleLogger.log.io.dgen", "error");
    Path directory = Path.of(args.length > 0 ? args[0] : "data/payments");
    try (Dgen dgen =
        Dgen.open(
            LocalStore.open(directory),
            // Gives work under a lock up after 3 attempts: by default it is tried for ten minutes.
            it -> it.failures(policy -> policy.lockedThreshold(3)))) {
      DemoBank bank = new DemoBank();
      dgen.host(AccountServer.of(new Account.AtBank(bank)));
      AccountClient account = AccountClient.of(dgen, "customer-" + UUID.randomUUID());

      // The key makes it safe to send again, whatever happened to the answer.
      String reference = account.withIdempotencyKey("order-1").pay("order-1", "good", 4200);
      String again = account.withIdempotencyKey("order-1").pay("order-1", "good", 4200);
      System.out.println("order-1: paid, reference " + reference);
      System.out.println("order-1: sent again, reference " + again);
      System.out.println("the bank was asked " + bank.requests("order-1") + " time(s)");

      // The bank fails once: the message is tried again by itself.
      System.out.println("order-2: paid, reference " + account.pay("order-2", "flaky", 1500));
      System.out.println("the bank was asked " + bank.requests("order-2") + " time(s)");

      // The bank refuses: after three attempts the message is a dead letter.
      try {
        account.pay("order-3", "expired", 900);
      } catch (DeadLetterException e) {
        System.out.println("order-3: given up after " + e.attempts() + " attempts");
      }
      for (DeadLetter<AccountMessage> letter : account.entity().deadLetters().list(10).items()) {
        System.out.println("dead letter: " + letter.message().orElseThrow().message());
        bank.renew("expired"); // somebody solves the problem,
        account.entity().deadLetters().requeue(letter.key()); // and the message gets another chance
      }

      // What is sent now waits behind what was put back.
      for (Payment payment : account.payments()) {
        System.out.println(
            "on the account: " + payment.order() + ", " + payment.cents() + " cents");
      }
    }
  }
}
