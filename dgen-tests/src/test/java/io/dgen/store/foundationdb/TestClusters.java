package io.dgen.store.foundationdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.UUID;

/** Places of the cluster under test that belong to one test class. */
final class TestClusters {

  private TestClusters() {}

  /** Options for the cluster under test; the place is still to be chosen. */
  static FoundationDbOptions.Builder options() {
    return FoundationDbOptions.builder().clusterFile(Path.of(System.getenv(OnCluster.VARIABLE)));
  }

  /** A prefix that nobody else has. */
  static byte[] prefix() {
    return ("dgen-test/" + UUID.randomUUID() + "/").getBytes(UTF_8);
  }
}
