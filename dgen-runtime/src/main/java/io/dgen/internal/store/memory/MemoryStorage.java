package io.dgen.internal.store.memory;

import io.dgen.internal.overlay.StorageCursor;
import io.dgen.internal.overlay.StorageSnapshot;
import io.dgen.internal.store.Storage;
import io.dgen.internal.store.StorageBatch;
import org.jspecify.annotations.Nullable;

/** A storage that keeps everything in memory, until it is closed. */
public final class MemoryStorage implements Storage {

  private volatile @Nullable SortedTree root;

  /** Creates an empty storage. */
  public MemoryStorage() {}

  @Override
  public long versionCeiling() {
    return 0;
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public StorageSnapshot snapshot() {
    return new Snapshot(root);
  }

  @Override
  public StorageBatch newBatch() {
    return new Batch();
  }

  @Override
  public void close(long versionCeiling) {
    root = null;
  }

  private static final class Snapshot implements StorageSnapshot {

    private final @Nullable SortedTree tree;

    Snapshot(@Nullable SortedTree tree) {
      this.tree = tree;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      return SortedTree.get(tree, key);
    }

    @Override
    public StorageCursor cursor(byte[] begin, byte[] end, boolean reverse) {
      return new TreeCursor(tree, begin, end, reverse);
    }

    @Override
    public void close() {
      // The garbage collector frees a tree.
    }
  }

  private final class Batch implements StorageBatch {

    private @Nullable SortedTree tree = root;

    @Override
    public byte @Nullable [] get(byte[] key) {
      return SortedTree.get(tree, key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      tree = SortedTree.put(tree, key, value);
    }

    @Override
    public void delete(byte[] key) {
      tree = SortedTree.remove(tree, key);
    }

    @Override
    public void deleteRange(byte[] begin, byte[] end) {
      tree = SortedTree.removeRange(tree, begin, end);
    }

    @Override
    public void commit(long versionCeiling) {
      root = tree;
    }

    @Override
    public void close() {
      // Writes that were not committed are dropped.
    }
  }
}
