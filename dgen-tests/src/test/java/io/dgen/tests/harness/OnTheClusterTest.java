package io.dgen.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Says, by being skipped, that the behaviour tests did not run on FoundationDB. */
class OnTheClusterTest {

  @Test
  @EnabledIfEnvironmentVariable(
      named = TestStores.CLUSTER_FILE,
      matches = ".+",
      disabledReason =
          "the behaviour tests run on FoundationDB too if "
              + TestStores.CLUSTER_FILE
              + " names a cluster file")
  void theBehaviourTestsRunOnTheCluster() {
    assertThat(TestStores.all()).contains(TestStores.CLUSTER);
    assertThat(TestStores.one()).isSameAs(TestStores.CLUSTER);
    assertThat(TestStores.lasting()).isSameAs(TestStores.CLUSTER);
  }
}
