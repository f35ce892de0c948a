package io.dgen.tests.harness;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A class of behaviour tests that runs once for each kind of store. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.dgen.tests.harness.TestStores#all")
public abstract class OnEveryStore {

  @Parameter public TestStores stores;

  @TempDir public Path directory;

  /** The nodes of the test; closed behind it. */
  public Cluster cluster;

  @BeforeEach
  void openCluster() {
    cluster = new Cluster(stores, directory);
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
  }
}
