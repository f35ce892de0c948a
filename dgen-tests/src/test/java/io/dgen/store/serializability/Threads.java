package io.dgen.store.serializability;

import io.dgen.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs a workload on a real store, with a thread for each client. */
public final class Threads {

  private Threads() {}

  /**
   * Runs random transactions, and checks what they saw.
   *
   * @param store an empty store
   * @param transactions how many
   * @param seed what clients do comes from it; their order does not
   * @return the workload and what is wrong
   */
  public static Ran run(Store store, int transactions, long seed) {
    Workload workload = new Workload(transactions);
    workload.prepare(store, CompletableFuture::join);
    Random random = new Random(seed);
    List<CompletableFuture<Void>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        Client client = workload.client(new Random(random.nextLong()), true);
        running.add(CompletableFuture.runAsync(() -> run(client, store), threads));
      }
      running.forEach(CompletableFuture::join);
    }
    return new Ran(workload, workload.check(store));
  }

  /**
   * What came of a run.
   *
   * @param workload the workload, for its counts
   * @param faults what is wrong, in words
   */
  public record Ran(Workload workload, List<String> faults) {}

  private static void run(Client client, Store store) {
    while (client.step(store, true)) {
      CompletableFuture<Void> commit = client.waitsFor();
      // It may leave the commit, or else waits for it.
      if (commit != null && client.step(store, true)) {
        var unused = commit.handle((done, error) -> error).join();
      }
    }
  }
}
