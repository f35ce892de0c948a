package io.dgen.store;

/** Transactions in parts, as callbacks have them, do what any transaction does. */
public abstract class NestedTransactionContract extends OpenedStore
    implements ReadContract,
        RangeContract,
        AtomicContract,
        VersionstampContract,
        StampedClearContract,
        DifferentialContract,
        WatchContract,
        SerializabilityContract {

  /** Reads of a part may look at keys of the outer transaction that its own writes determine. */
  @Override
  public boolean conflictsExactly() {
    return false;
  }
}
