package io.dgen.tests.generated;

import io.dgen.DelayedMessage;
import io.dgen.From;
import io.dgen.generated.CallbackOutbox;
import io.dgen.generated.Invocation;
import io.dgen.store.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run without an engine. */
record TestContext(String server, String id, int attempt, Instant now) implements Invocation {

  static final TestContext FIRST = new TestContext("test", "some-id", 1, Instant.EPOCH);

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // As in the interface.
  public <R> From<R> from() {
    throw new IllegalStateException("nobody waits for a reply");
  }

  @Override
  public CallbackOutbox outbox() {
    throw new IllegalStateException("there is no transaction");
  }

  @Override
  public Transaction transaction() {
    throw new IllegalStateException("there is no transaction");
  }

  @Override
  public boolean cancel(DelayedMessage message) {
    throw new IllegalStateException("there is no transaction");
  }

  @Override
  public <R> void reply(From<R> from, @Nullable R reply) {
    throw new IllegalStateException("there is no transaction");
  }
}
