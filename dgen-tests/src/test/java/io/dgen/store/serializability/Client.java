package io.dgen.store.serializability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.store.KeySelector;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs random transactions one after another, in steps, and records what it sees. A step never
 * waits for a commit. For one thread at a time.
 */
public final class Client {

  private final Workload workload;
  private final Random random;
  private final LongSupplier events;
  private final boolean leaves;

  private @Nullable Recorded current;
  private @Nullable Transaction transaction;
  private @Nullable CompletableFuture<Void> commit;
  private @Nullable CompletableFuture<byte[]> stamp;
  private int reads;
  private int writes;
  private boolean hasLeft;

  /**
   * Makes a client.
   *
   * @param leaves whether it sometimes cancels, closes or restarts a transaction whose commit
   *     waits, and sets timeouts
   */
  Client(Workload workload, Random random, LongSupplier events, boolean leaves) {
    this.workload = workload;
    this.random = random;
    this.events = events;
    this.leaves = leaves;
  }

  /** Whether a commit is under way, which the client waits for. */
  public @Nullable CompletableFuture<Void> waitsFor() {
    return commit == null || commit.isDone() ? null : commit;
  }

  /**
   * Does the next thing.
   *
   * @param store where a new transaction begins
   * @param mayBegin whether one may
   * @return false if there is nothing to do
   */
  public boolean step(Store store, boolean mayBegin) {
    if (transaction == null) {
      return mayBegin && begin(store);
    }
    try {
      proceed();
    } catch (StoreException e) {
      end(e);
    } catch (CompletionException e) {
      endWith(e);
    }
    return true;
  }

  /** Whether a transaction is open. */
  public boolean isBusy() {
    return transaction != null;
  }

  /** Gives up a transaction whose store is gone, unless its commit has been answered. */
  public void abandon() {
    Recorded recorded = current;
    CompletableFuture<Void> committing = commit;
    if (committing != null && committing.isDone()) {
      try {
        proceed();
      } catch (CompletionException e) {
        endWith(e);
      }
    } else if (recorded != null && committing == null) {
      recorded.error = "abandoned";
      recorded.outcome = Recorded.Outcome.REFUSED;
    }
    finish();
  }

  private boolean begin(Store store) {
    Recorded next = workload.next();
    if (next == null) {
      return false;
    }
    next.beganAt = events.getAsLong();
    TransactionOptions options = TransactionOptions.DEFAULT;
    if (leaves && random.nextInt(3) == 0) {
      int[] millis = {5, 100, 1_000, 6_000};
      options =
          options.toBuilder()
              .timeout(Duration.ofMillis(millis[random.nextInt(millis.length)]))
              .build();
    }
    if (random.nextInt(6) == 0) {
      options = options.toBuilder().priority(TransactionOptions.Priority.BATCH).build();
    }
    transaction = store.createTransaction(options);
    current = next;
    reads = random.nextInt(5);
    writes = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(4);
    hasLeft = false;
    return true;
  }

  private void proceed() {
    Recorded recorded = current;
    Transaction running = transaction;
    CompletableFuture<Void> committing = commit;
    if (recorded == null || running == null) {
      return;
    }
    if (committing != null) {
      await(recorded, running, committing);
    } else if (reads > 0) {
      if (recorded.readVersion < 0) {
        recorded.readVersion = running.getReadVersion().join();
      }
      Read read = read();
      recorded.answers.add(new Recorded.Answer(read, read.carryOut(running).join()));
      reads--;
    } else if (writes > 0) {
      write(recorded, running, random.nextInt(12) == 0 ? stampedKey(recorded) : plainWrite());
      writes--;
    } else {
      if (!recorded.writes.isEmpty()) {
        write(recorded, running, workload.marker(recorded.id));
        recorded.outcome = Recorded.Outcome.UNKNOWN;
      }
      stamp = running.getVersionstamp();
      recorded.submittedAt = events.getAsLong();
      commit = running.commit();
    }
  }

  private static void write(Recorded recorded, Transaction running, Write write) {
    write.carryOut(running);
    recorded.writes.add(write);
  }

  private void await(Recorded recorded, Transaction running, CompletableFuture<Void> committing) {
    if (!committing.isDone()) {
      if (leaves && !hasLeft && random.nextInt(8) == 0) {
        hasLeft = true;
        workload.count("left a commit under way");
        leave(running);
      }
      return;
    }
    committing.join();
    CompletableFuture<byte[]> stamped = stamp;
    // Who left a commit that succeeds all the same may have reset what tells of it.
    if (!recorded.writes.isEmpty() && stamped != null && !hasLeft) {
      recorded.committedVersion = running.getCommittedVersion();
      recorded.versionstamp = stamped.join();
      recorded.acknowledgedAt = events.getAsLong();
      recorded.outcome = Recorded.Outcome.ACKNOWLEDGED;
      workload.count("acknowledged");
    }
    finish();
  }

  private void leave(Transaction running) {
    switch (random.nextInt(3)) {
      case 0 -> running.cancel();
      case 1 -> running.close();
      default -> {
        var unused = running.onError(new StoreException(StoreError.COMMIT_UNKNOWN_RESULT));
      }
    }
  }

  private void endWith(CompletionException failure) {
    if (failure.getCause() instanceof StoreException error) {
      end(error);
    } else {
      throw failure;
    }
  }

  private void end(StoreException error) {
    Recorded recorded = current;
    StoreError kind = error.error().orElse(null);
    workload.count(String.valueOf(kind));
    if (recorded != null) {
      recorded.error = String.valueOf(kind);
      boolean refused =
          kind == StoreError.NOT_COMMITTED
              || kind == StoreError.TRANSACTION_TOO_OLD
              || kind == StoreError.INTERNAL_ERROR;
      if (commit == null || refused) {
        recorded.outcome = Recorded.Outcome.REFUSED;
      }
    }
    finish();
  }

  private void finish() {
    if (transaction != null) {
      transaction.close();
    }
    transaction = null;
    current = null;
    commit = null;
  }

  private byte[] key() {
    return ("k" + random.nextInt(8)).getBytes(UTF_8);
  }

  private KeySelector selector() {
    // Four keys that are never written are at each end, so that no selector leaves them.
    return random.nextBoolean()
        ? KeySelector.firstGreaterOrEqual(key())
        : new KeySelector(key(), random.nextBoolean(), random.nextInt(6) - 2);
  }

  private Read read() {
    boolean isSnapshot = random.nextInt(5) == 0;
    return switch (random.nextInt(4)) {
      case 0 ->
          new Read(Read.Kind.GET_KEY, isSnapshot, selector(), selector(), 0, random.nextBoolean());
      case 1 ->
          new Read(
              Read.Kind.GET_RANGE,
              isSnapshot,
              selector(),
              selector(),
              random.nextInt(4),
              random.nextBoolean());
      default -> {
        KeySelector key = KeySelector.firstGreaterOrEqual(key());
        yield new Read(Read.Kind.GET, isSnapshot, key, key, 0, false);
      }
    };
  }

  private Write plainWrite() {
    byte[] key = key();
    byte[] value = {(byte) random.nextInt(256)};
    return switch (random.nextInt(6)) {
      case 0 -> new Write(Write.Kind.CLEAR, key, value);
      case 1 -> {
        byte[] other = key();
        boolean ordered = key[1] <= other[1];
        yield new Write(Write.Kind.CLEAR_RANGE, ordered ? key : other, ordered ? other : key);
      }
      case 2 -> new Write(Write.Kind.ADD, key, value);
      default -> new Write(Write.Kind.SET, key, value);
    };
  }

  private static Write stampedKey(Recorded recorded) {
    byte[] template = Keys.join("ks".getBytes(UTF_8), new byte[10 + 4]);
    template[template.length - 4] = 2;
    return new Write(Write.Kind.STAMPED_KEY, template, String.valueOf(recorded.id).getBytes(UTF_8));
  }
}
