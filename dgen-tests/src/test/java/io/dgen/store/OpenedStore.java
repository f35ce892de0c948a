package io.dgen.store;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * The store of a contract's tests: one serves all, each in a random subspace that is cleared after
 * it, so that the suite can run on a shared cluster.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OpenedStore implements StoreFixture {

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
