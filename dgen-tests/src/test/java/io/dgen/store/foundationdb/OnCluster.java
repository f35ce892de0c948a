package io.dgen.store.foundationdb;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A test of a real cluster, whose cluster file an environment variable names. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(
    named = OnCluster.VARIABLE,
    matches = ".+",
    disabledReason = "set " + OnCluster.VARIABLE + " to the cluster file of a FoundationDB cluster")
@interface OnCluster {

  String VARIABLE = "DGEN_FDB_CLUSTER_FILE";
}
