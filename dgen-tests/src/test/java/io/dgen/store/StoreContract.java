package io.dgen.store;

/** What every store must do. A store's test extends this and opens it. */
public abstract class StoreContract extends OpenedStore
    implements ReadContract,
        RangeContract,
        ConflictContract,
        AtomicContract,
        VersionstampContract,
        StampedClearContract,
        DifferentialContract,
        WatchContract,
        LimitContract,
        LifecycleContract,
        SerializabilityContract {}
