package io.dgen.tests.harness;

import io.dgen.internal.overlay.TwoViews;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that passes everything on to another one; every store of the tests that watches,
 * delays or fails what a node does wraps its transactions in a subclass. The reads of the snapshot
 * go through the methods here that say so, so that who overrides them sees all reads.
 */
public class ForwardingTransaction extends TwoViews {

  private volatile Transaction transaction;

  public ForwardingTransaction(Transaction transaction) {
    this.transaction = transaction;
  }

  /** What everything is passed on to. */
  protected final Transaction transaction() {
    return transaction;
  }

  /** Passes everything on to another transaction from now on. */
  protected final void replace(Transaction next) {
    transaction = next;
  }

  @Override
  protected final Transaction below() {
    return transaction;
  }

  /** A read of a key, in the transaction or its snapshot. */
  @Override
  public CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
    return from.get(key);
  }

  /** A read that resolves a selector, in the transaction or its snapshot. */
  @Override
  public CompletableFuture<byte[]> getKey(ReadTransaction from, KeySelector selector) {
    return from.getKey(selector);
  }

  /** A read of a range, in the transaction or its snapshot. */
  @Override
  public CompletableFuture<List<KeyValue>> getRange(
      ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
    return from.getRange(begin, end, limit, reverse);
  }

  @Override
  public void set(byte[] key, byte[] value) {
    transaction.set(key, value);
  }

  @Override
  public void clear(byte[] key) {
    transaction.clear(key);
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    transaction.clear(begin, end);
  }

  @Override
  public void mutate(MutationType type, byte[] key, byte[] operand) {
    transaction.mutate(type, key, operand);
  }

  @Override
  public int claimUserVersion() {
    return transaction.claimUserVersion();
  }

  @Override
  public void addReadConflictRange(byte[] begin, byte[] end) {
    transaction.addReadConflictRange(begin, end);
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    transaction.addWriteConflictRange(begin, end);
  }

  @Override
  public CompletableFuture<Void> commit() {
    return transaction.commit();
  }

  @Override
  public long getCommittedVersion() {
    return transaction.getCommittedVersion();
  }

  @Override
  public CompletableFuture<byte[]> getVersionstamp() {
    return transaction.getVersionstamp();
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    return transaction.watch(key);
  }

  @Override
  public CompletableFuture<Void> onError(Throwable error) {
    return transaction.onError(error);
  }

  @Override
  public void cancel() {
    transaction.cancel();
  }

  @Override
  public void close() {
    transaction.close();
  }
}
