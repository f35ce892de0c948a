package io.dgen.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.internal.overlay.StorageCursor;
import io.dgen.internal.overlay.StorageSnapshot;
import io.dgen.internal.store.memory.MemoryStorage;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A durable storage in memory whose writes a test can hold up and make fail. */
final class FakeDisk implements Storage {

  static final byte[] BAD = "bad".getBytes(UTF_8);
  static final byte[] SLOW = "slow".getBytes(UTF_8);

  final AtomicInteger openSnapshots = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();

  /** Each write takes one. */
  final Semaphore permits = new Semaphore(1_000_000);

  volatile @Nullable RuntimeException failure;

  /** Thrown by a write that has not arrived. */
  volatile @Nullable Error writeError;

  /** Thrown when the key {@code bad} is put into a batch. */
  volatile @Nullable Error putError;

  /** How many of the next snapshots cannot be taken. */
  final AtomicInteger failingSnapshots = new AtomicInteger();

  /** Each read of the key {@code slow} takes one. */
  final Semaphore reads = new Semaphore(0);

  final AtomicInteger waitingReads = new AtomicInteger();
  final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final MemoryStorage memory = new MemoryStorage();
  private volatile long ceiling;

  /** Holds writes up until {@link #proceed}. */
  void hold() {
    permits.drainPermits();
  }

  void proceed() {
    permits.release(1_000_000);
  }

  @Override
  public long versionCeiling() {
    return ceiling;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public StorageSnapshot snapshot() {
    if (failingSnapshots.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new OutOfMemoryError("no memory for a snapshot");
    }
    StorageSnapshot snapshot = memory.snapshot();
    openSnapshots.incrementAndGet();
    return new StorageSnapshot() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        if (Arrays.equals(key, SLOW)) {
          waitingReads.incrementAndGet();
          reads.acquireUninterruptibly();
        }
        return snapshot.get(key);
      }

      @Override
      public StorageCursor cursor(byte[] begin, byte[] end, boolean reverse) {
        return snapshot.cursor(begin, end, reverse);
      }

      @Override
      public void close() {
        openSnapshots.decrementAndGet();
      }
    };
  }

  @Override
  public StorageBatch newBatch() {
    StorageBatch batch = memory.newBatch();
    return new StorageBatch() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        return batch.get(key);
      }

      @Override
      public void put(byte[] key, byte[] value) {
        Error error = putError;
        if (error != null && Arrays.equals(key, BAD)) {
          throw error;
        }
        batch.put(key, value);
      }

      @Override
      public void delete(byte[] key) {
        batch.delete(key);
      }

      @Override
      public void deleteRange(byte[] begin, byte[] end) {
        batch.deleteRange(begin, end);
      }

      @Override
      public void commit(long versionCeiling) {
        writes.incrementAndGet();
        permits.acquireUninterruptibly();
        Error broken = writeError;
        if (broken != null) {
          throw broken;
        }
        batch.commit(versionCeiling);
        ceiling = versionCeiling;
        RuntimeException error = failure;
        if (error != null) {
          // The worst case: the write arrived, but nobody can know.
          throw error;
        }
      }

      @Override
      public void close() {
        batch.close();
      }
    };
  }

  @Override
  public void close(long versionCeiling) {
    memory.close(versionCeiling);
    closed.complete(null);
  }
}
