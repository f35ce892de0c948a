package io.dgen.store;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What every store must do. A store's test extends this and opens it; one store serves all tests,
 * each in a random subspace that is cleared after it, so that the suite can run on a shared
 * cluster.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreContract
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
        SerializabilityContract {

  private final Random random = new Random();
  private final byte[] prefix = new byte[8];
  private Store store;

  /** Opens the store under test. */
  protected abstract Store open() throws Exception;

  @BeforeAll
  final void openStore() throws Exception {
    store = open();
  }

  @AfterAll
  final void closeStore() {
    store.close();
  }

  @BeforeEach
  final void chooseSubspace() {
    random.nextBytes(prefix);
    for (int i = 0; i < prefix.length; i++) {
      prefix[i] |= 0x20; // As in the engine's root, no control characters.
    }
    prefix[0] = 't';
    prefix[7] = '/';
  }

  @AfterEach
  final void clearSubspace() {
    store.run(
        transaction -> {
          transaction.clear(prefix, end());
          return true;
        });
  }

  @Override
  public final Store store() {
    return store;
  }

  @Override
  public final byte[] prefix() {
    return prefix;
  }
}
