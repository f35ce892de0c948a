package io.dgen.internal.overlay;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A transaction over another one. The reads of the transaction and those of its snapshot go through
 * the same methods, which are told what to read from.
 */
public abstract class TwoViews implements Transaction {

  private final ReadTransaction snapshotView = new Snapshot();

  /** Returns the transaction below. */
  protected abstract Transaction below();

  /** Reads a key, in the transaction or its snapshot. */
  protected abstract CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key);

  /** Finds a key, in the transaction or its snapshot. */
  protected abstract CompletableFuture<byte[]> getKey(ReadTransaction from, KeySelector selector);

  /** Reads a range, in the transaction or its snapshot. */
  protected abstract CompletableFuture<List<KeyValue>> getRange(
      ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse);

  @Override
  public final CompletableFuture<byte @Nullable []> get(byte[] key) {
    return get(below(), key);
  }

  @Override
  public final CompletableFuture<byte[]> getKey(KeySelector selector) {
    return getKey(below(), selector);
  }

  @Override
  public final CompletableFuture<List<KeyValue>> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse) {
    return getRange(below(), begin, end, limit, reverse);
  }

  /** Also that of the snapshot: they have the same. */
  @Override
  public CompletableFuture<Long> getReadVersion() {
    return below().getReadVersion();
  }

  @Override
  public final ReadTransaction snapshot() {
    return snapshotView;
  }

  @Override
  public final boolean isSnapshot() {
    return false;
  }

  /** A view without read conflicts. */
  private final class Snapshot implements ReadTransaction {

    @Override
    public CompletableFuture<byte @Nullable []> get(byte[] key) {
      return TwoViews.this.get(below().snapshot(), key);
    }

    @Override
    public CompletableFuture<byte[]> getKey(KeySelector selector) {
      return TwoViews.this.getKey(below().snapshot(), selector);
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return TwoViews.this.getRange(below().snapshot(), begin, end, limit, reverse);
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
      return TwoViews.this.getReadVersion();
    }

    @Override
    public ReadTransaction snapshot() {
      return this;
    }

    @Override
    public boolean isSnapshot() {
      return true;
    }
  }
}
