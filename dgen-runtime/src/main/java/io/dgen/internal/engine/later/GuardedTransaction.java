package io.dgen.internal.engine.later;

import io.dgen.internal.overlay.TwoViews;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The open transaction of a round as callbacks see it: for users' own keys only. Operations that
 * would end or outlive the round are refused, and so is every key below dgen's root.
 */
final class GuardedTransaction extends TwoViews {

  /** The round's transaction. */
  interface Open {

    /**
     * Returns the transaction for reading.
     *
     * @throws IllegalStateException if it is no longer open
     */
    Transaction reads();

    /**
     * Returns the transaction for a write of a number of bytes.
     *
     * @throws IllegalStateException if it is no longer open
     */
    Transaction writes(int bytes);

    /**
     * Reports that the store failed a read. The attempt then fails too, whatever the callback does.
     */
    void failed(StoreException error);
  }

  private final Open open;
  private final byte[] root;
  private final byte[] rootEnd;

  GuardedTransaction(Open open, byte[] root) {
    this.open = open;
    this.root = root;
    this.rootEnd = Keys.prefixEnd(root);
  }

  @Override
  protected Transaction below() {
    return open.reads();
  }

  @Override
  protected CompletableFuture<byte @Nullable []> get(ReadTransaction reads, byte[] key) {
    check(key);
    return noted(reads.get(key));
  }

  @Override
  protected CompletableFuture<byte[]> getKey(ReadTransaction reads, KeySelector selector) {
    check(selector.key());
    return noted(
        reads
            .getKey(selector)
            .thenApply(
                key -> {
                  check(key);
                  return key;
                }));
  }

  @Override
  protected CompletableFuture<List<KeyValue>> getRange(
      ReadTransaction reads, KeySelector begin, KeySelector end, int limit, boolean reverse) {
    check(begin.key(), end.key());
    return noted(
        reads
            .getRange(begin, end, limit, reverse)
            .thenApply(
                rows -> {
                  rows.forEach(row -> check(row.key()));
                  return rows;
                }));
  }

  @Override
  public CompletableFuture<Long> getReadVersion() {
    return noted(below().getReadVersion());
  }

  private <T> CompletableFuture<T> noted(CompletableFuture<T> read) {
    return read.whenComplete(
        (value, error) -> {
          Throwable cause = error instanceof CompletionException ? error.getCause() : error;
          if (cause instanceof StoreException failure) {
            open.failed(failure);
          }
        });
  }

  @Override
  public void set(byte[] key, byte[] value) {
    check(key);
    open.writes(key.length + value.length).set(key, value);
  }

  @Override
  public void clear(byte[] key) {
    check(key);
    open.writes(key.length).clear(key);
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    check(begin, end);
    open.writes(begin.length + end.length).clear(begin, end);
  }

  @Override
  public void mutate(MutationType type, byte[] key, byte[] operand) {
    if (type == MutationType.SET_VERSIONSTAMPED_KEY) {
      checkStamped(key);
    } else {
      check(key);
    }
    open.writes(key.length + operand.length).mutate(type, key, operand);
  }

  @Override
  public int claimUserVersion() {
    return open.reads().claimUserVersion();
  }

  @Override
  public void addReadConflictRange(byte[] begin, byte[] end) {
    check(begin, end);
    open.reads().addReadConflictRange(begin, end);
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    check(begin, end);
    open.writes(begin.length + end.length).addWriteConflictRange(begin, end);
  }

  @Override
  public CompletableFuture<Void> commit() {
    throw refused("commit", "the round commits it when its callbacks have returned");
  }

  @Override
  public long getCommittedVersion() {
    throw refused("getCommittedVersion", "it commits only after the callback has returned");
  }

  @Override
  public CompletableFuture<byte[]> getVersionstamp() {
    throw refused(
        "getVersionstamp",
        "it is known only after the callback has returned; use versionstamped mutations instead");
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    throw refused(
        "watch", "a callback returns before a watch fires; set the watch in code of your own");
  }

  @Override
  public CompletableFuture<Void> onError(Throwable error) {
    throw refused("onError", "let the callback throw the exception: the round is repeated");
  }

  @Override
  public void cancel() {
    throw refused("cancel", "throw an exception to undo what the callback did");
  }

  @Override
  public void close() {
    throw refused("close", "it belongs to the round; do not put it into a try statement");
  }

  private static UnsupportedOperationException refused(String method, String instead) {
    return new UnsupportedOperationException(
        method + "() is not allowed in the transaction of a callback: " + instead);
  }

  private void check(byte[] key) {
    if (Keys.startsWith(key, root)) {
      throw below(key);
    }
  }

  private void check(byte[] begin, byte[] end) {
    if (Arrays.compareUnsigned(begin, rootEnd) < 0 && Arrays.compareUnsigned(end, root) > 0) {
      throw below(Arrays.compareUnsigned(begin, root) < 0 ? root : begin);
    }
  }

  /**
   * Checks a versionstamped key. Its last four bytes say where the stamp will be, which is not
   * known yet.
   */
  private void checkStamped(byte[] key) {
    int end = Math.max(0, key.length - Integer.BYTES);
    byte[] known = Arrays.copyOf(key, end);
    int offset =
        end == key.length ? end : ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    if (offset >= 0 && offset < Math.min(end, root.length)) {
      byte[] before = Arrays.copyOf(key, offset);
      if (Keys.startsWith(root, before)) {
        throw below(before);
      }
    }
    check(known);
  }

  private IllegalArgumentException below(byte[] key) {
    return new IllegalArgumentException(
        "the transaction of a callback is for keys of your own, and dgen reserves those that begin"
            + " with "
            + Keys.printable(root)
            + "; found "
            + Keys.printable(key)
            + "; choose other keys, or another DgenOptions.root");
  }

  /** Returns the callback whose transaction this is. */
  Open open() {
    return open;
  }
}
