package io.dgen.examples.transfer;

import io.dgen.Dgen;
import io.dgen.error.RefusedException;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.util.UUID;

/** Ada pays Bob, pays too much, and pays into a wallet that is closed. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Path directory = Path.of(args.length > 0 ? args[0] : "data/transfer");
    try (Dgen dgen = Dgen.open(LocalStore.open(directory))) {
      dgen.host(WalletServer.of());
      String run = UUID.randomUUID().toString(); // each run has wallets of its own
      WalletClient ada = WalletClient.of(dgen, "ada-" + run);
      WalletClient bob = WalletClient.of(dgen, "bob-" + run);
      WalletClient.of(dgen, "closed-" + run).close();

      ada.deposit(10_000);
      System.out.println("Ada pays Bob: " + ada.transfer("t1", "bob-" + run, 3_000));
      System.out.println("into a closed wallet: " + ada.transfer("t2", "closed-" + run, 500));
      try {
        ada.transfer("t3", "bob-" + run, 9_000);
      } catch (RefusedException e) {
        System.out.println("too much: " + e.text());
      }
      System.out.println("Ada has " + ada.balance() + " cents, Bob has " + bob.balance());
    }
  }
}
