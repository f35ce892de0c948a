package io.dgen.tests.harness;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The store as one node sees it. A plan decides what becomes of each commit that writes something:
 * it goes through, waits, conflicts, or has an unknown result. And the node can be cut off, which
 * is what its crash looks like to all others.
 */
public final class FaultyStore implements Store {

  /** What becomes of a commit. */
  public enum Fate {
    COMMIT,
    CONFLICT,
    UNKNOWN_BUT_COMMITTED,
    UNKNOWN_AND_NOT_COMMITTED,
    /** It commits, but the transaction times out before the node hears of it, and for good. */
    TIMED_OUT_BUT_COMMITTED,
    /** It does not commit before the transaction times out. */
    TIMED_OUT_AND_NOT_COMMITTED,
    /** It does not happen, and an error says so that cannot be tried again. */
    REFUSED,
    /** The node is cut off before the commit. */
    CUT_BEFORE,
    /** It commits, but the node is cut off before it hears of it. */
    CUT_AFTER
  }

  /** Decides about commits. Called by many threads. */
  @FunctionalInterface
  public interface Plan {
    CompletableFuture<Fate> decide(Commit commit);
  }

  /** What a transaction is about to write. */
  public record Commit(Set<KeyKind> kinds, Set<String> entities) {

    public boolean writes(KeyKind kind) {
      return kinds.contains(kind);
    }
  }

  public static final CompletableFuture<Fate> GO = CompletableFuture.completedFuture(Fate.COMMIT);

  private final Store store;
  private final byte[] root = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
  private final int rootLength = root.length;
  private volatile Plan plan = commit -> GO;
  private volatile boolean cut;
  private volatile boolean deaf;
  private volatile byte @Nullable [] unreadable;
  private volatile Runnable afterCommit = () -> {};
  private final AtomicInteger open = new AtomicInteger();

  public FaultyStore(Store store) {
    this.store = store;
  }

  public FaultyStore plan(Plan next) {
    plan = next;
    return this;
  }

  /** What happens between a commit and its unknown result. */
  public FaultyStore betweenCommitAndUnknownResult(Runnable action) {
    afterCommit = action;
    return this;
  }

  /** The next read of a key fails, in a way that is to be tried again. */
  public FaultyStore failReadOf(byte[] key) {
    unreadable = key;
    return this;
  }

  /** Keys of users' own have no kind. */
  private boolean isOfEngine(byte[] key) {
    int length = Math.min(root.length, key.length);
    return Arrays.equals(key, 0, length, root, 0, root.length);
  }

  private boolean failsRead(byte[] key) {
    byte[] failing = unreadable;
    if (!Arrays.equals(key, failing)) {
      return false;
    }
    unreadable = null;
    return true;
  }

  /** Its watches never fire. */
  public FaultyStore deaf() {
    deaf = true;
    return this;
  }

  /** From now on nothing reaches the store any more. */
  public void cut() {
    cut = true;
  }

  /** How many transactions are not closed. */
  public int open() {
    return open.get();
  }

  public boolean isCut() {
    return cut;
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    if (cut) {
      throw new StoreException(StoreError.STORE_CLOSED);
    }
    return new FaultyTransaction(store.createTransaction(options));
  }

  /** The store belongs to the others too. */
  @Override
  public void close() {}

  private static <T> CompletableFuture<T> failed(StoreError error) {
    return CompletableFuture.failedFuture(new StoreException(error));
  }

  private final class FaultyTransaction extends ForwardingTransaction {

    private final List<byte[]> written = new ArrayList<>();

    FaultyTransaction(Transaction transaction) {
      super(transaction);
      open.incrementAndGet();
    }

    private synchronized void wrote(byte[] key) {
      if (isOfEngine(key)) {
        written.add(key);
      }
    }

    @Override
    public void set(byte[] key, byte[] value) {
      wrote(key);
      super.set(key, value);
    }

    @Override
    public void clear(byte[] key) {
      wrote(key);
      super.clear(key);
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
      wrote(begin);
      super.clear(begin, end);
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
      // A versionstamped key ends with the offset of the stamp.
      wrote(
          type == MutationType.SET_VERSIONSTAMPED_KEY
              ? Arrays.copyOf(key, key.length - Integer.BYTES)
              : key);
      super.mutate(type, key, operand);
    }

    @Override
    public CompletableFuture<Void> commit() {
      if (cut) {
        return failed(StoreError.STORE_CLOSED);
      }
      Commit commit = describe();
      return commit.kinds().isEmpty()
          ? super.commit()
          : plan.decide(commit).thenCompose(this::commit);
    }

    private synchronized Commit describe() {
      Set<KeyKind> kinds = new TreeSet<>();
      Set<String> entities = new TreeSet<>();
      for (byte[] key : written) {
        KeyKind kind = KeyKind.of(key, rootLength);
        kinds.add(kind);
        if (kind == KeyKind.STATE || kind == KeyKind.QUEUE) {
          entities.add(KeyKind.entityId(key, rootLength));
        }
      }
      return new Commit(kinds, entities);
    }

    private CompletableFuture<Void> commit(Fate fate) {
      if (cut) {
        return failed(StoreError.STORE_CLOSED);
      }
      return switch (fate) {
        case COMMIT -> super.commit();
        case CONFLICT -> failed(StoreError.NOT_COMMITTED);
        case UNKNOWN_AND_NOT_COMMITTED -> failed(StoreError.COMMIT_UNKNOWN_RESULT);
        case UNKNOWN_BUT_COMMITTED ->
            transaction()
                .commit()
                .thenRunAsync(afterCommit)
                .thenCompose(done -> failed(StoreError.COMMIT_UNKNOWN_RESULT));
        case TIMED_OUT_BUT_COMMITTED ->
            transaction()
                .commit()
                .thenRunAsync(afterCommit)
                .thenCompose(done -> failed(StoreError.TRANSACTION_TIMED_OUT));
        case TIMED_OUT_AND_NOT_COMMITTED -> failed(StoreError.TRANSACTION_TIMED_OUT);
        case REFUSED -> failed(StoreError.KEY_OUTSIDE_LEGAL_RANGE);
        case CUT_BEFORE -> {
          cut();
          yield failed(StoreError.STORE_CLOSED);
        }
        case CUT_AFTER ->
            transaction()
                .commit()
                .thenCompose(
                    done -> {
                      cut();
                      return failed(StoreError.STORE_CLOSED);
                    });
      };
    }

    @Override
    public CompletableFuture<Void> watch(byte[] key) {
      return deaf ? new CompletableFuture<>() : super.watch(key);
    }

    @Override
    public CompletableFuture<Void> onError(Throwable error) {
      synchronized (this) {
        written.clear();
      }
      return cut ? failed(StoreError.STORE_CLOSED) : super.onError(error);
    }

    @Override
    public void close() {
      super.close();
      open.decrementAndGet();
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
      if (failsRead(key)) {
        return failed(StoreError.TRANSACTION_TOO_OLD);
      }
      return cut ? failed(StoreError.STORE_CLOSED) : super.get(from, key);
    }

    @Override
    public CompletableFuture<byte[]> getKey(ReadTransaction from, KeySelector selector) {
      return cut ? failed(StoreError.STORE_CLOSED) : super.getKey(from, selector);
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return cut
          ? failed(StoreError.STORE_CLOSED)
          : super.getRange(from, begin, end, limit, reverse);
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
      return cut ? failed(StoreError.STORE_CLOSED) : super.getReadVersion();
    }
  }
}
