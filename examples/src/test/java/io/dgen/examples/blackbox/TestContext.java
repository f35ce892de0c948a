package io.dgen.examples.blackbox;

import io.dgen.Context;
import java.time.Instant;

/** A run without an engine. */
record TestContext(String server, String id, int attempt, Instant now) implements Context {

  static final TestContext FIRST = new TestContext("test", "some-id", 1, Instant.EPOCH);
}
