package io.dgen.internal.store.simulation;

import io.dgen.internal.overlay.StorageCursor;
import io.dgen.internal.overlay.StorageSnapshot;
import io.dgen.internal.store.Storage;
import io.dgen.internal.store.StorageBatch;
import io.dgen.internal.store.memory.MemoryStorage;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import org.jspecify.annotations.Nullable;

/** A durable storage whose writes take as long, and fail, as a simulation says. */
final class SimulatedDisk implements Storage {

  /** What becomes of a write. */
  enum Fate {
    DONE,
    /** It fails, and is on the disk all the same. */
    FAILS_WRITTEN,
    /** It fails, and nothing is on the disk. */
    FAILS_UNWRITTEN,
    /** There is no memory to write it with. */
    NO_MEMORY
  }

  /** Decides what a write goes through; returns when it has ended. */
  @FunctionalInterface
  interface Writing {
    Fate write();
  }

  private static final byte[] FIRST = {};
  private static final byte[] END = {(byte) 0xFF, (byte) 0xFF};

  private final MemoryStorage memory = new MemoryStorage();
  private final Writing writing;
  private final Runnable putting;
  private long ceiling;
  private int openSnapshots;
  private boolean isClosed;

  SimulatedDisk(Writing writing, Runnable putting) {
    this.writing = writing;
    this.putting = putting;
  }

  /** What is on the disk, as it is found after the power came back. */
  SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk(writing, putting);
    copy.ceiling = ceiling;
    try (StorageSnapshot all = memory.snapshot();
        StorageCursor cursor = all.cursor(FIRST, END, false);
        StorageBatch batch = copy.memory.newBatch()) {
      while (cursor.isValid()) {
        batch.put(cursor.key(), cursor.value());
        cursor.next();
      }
      batch.commit(0);
    }
    return copy;
  }

  int openSnapshots() {
    return openSnapshots;
  }

  boolean isClosed() {
    return isClosed;
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
    openSnapshots++;
    StorageSnapshot snapshot = memory.snapshot();
    return new StorageSnapshot() {
      private boolean closed;

      @Override
      public byte @Nullable [] get(byte[] key) {
        checkOpen();
        return snapshot.get(key);
      }

      @Override
      public StorageCursor cursor(byte[] begin, byte[] end, boolean reverse) {
        checkOpen();
        return snapshot.cursor(begin, end, reverse);
      }

      private void checkOpen() {
        if (closed) {
          throw new AssertionError("a snapshot was read that is closed");
        }
      }

      @Override
      public void close() {
        checkOpen();
        closed = true;
        openSnapshots--;
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
        putting.run();
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
        Fate fate = writing.write();
        if (fate == Fate.DONE || fate == Fate.FAILS_WRITTEN) {
          batch.commit(versionCeiling);
          ceiling = versionCeiling;
        }
        switch (fate) {
          case DONE -> {
            // As it should be.
          }
          case FAILS_WRITTEN -> throw new StoreException(StoreError.IO_ERROR);
          case FAILS_UNWRITTEN ->
              throw new StoreException(StoreError.IO_ERROR, "no space left on device", null);
          case NO_MEMORY -> throw new OutOfMemoryError("simulated");
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
    if (openSnapshots != 0) {
      throw new AssertionError(openSnapshots + " snapshots are open when the storage is closed");
    }
    ceiling = versionCeiling;
    isClosed = true;
  }
}
