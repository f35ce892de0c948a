package io.dgen.tests.harness;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A class of behaviour tests that runs once for each kind of store: in memory, and with the profile
 * {@code long} on disk too. The contract of the stores proves that they behave alike, so that most
 * tests need no second run; those that are {@link Durable} always run on disk.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.dgen.tests.harness.TestStores#all")
public abstract class OnEveryStore {

  /** The kind of store that the test runs on. */
  @Parameter public TestStores stores;

  @TempDir public Path directory;

  /** The nodes of the test; closed behind it. */
  public Cluster cluster;

  @BeforeEach
  void openCluster(TestInfo test) {
    if (test.getTags().contains(Durable.TAG) && !stores.keepsData()) {
      stores = TestStores.DISK;
    }
    cluster = new Cluster(stores, directory);
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
  }
}
