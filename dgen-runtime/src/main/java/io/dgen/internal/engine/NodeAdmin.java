package io.dgen.internal.engine;

import io.dgen.Admin;
import io.dgen.EntityAdmin;
import io.dgen.EntityPage;
import io.dgen.internal.engine.Activations.Address;
import java.time.Duration;
import java.util.Objects;

/** What operates entities by name, on one node. Thread-safe. */
final class NodeAdmin implements Admin {

  private final Engine engine;
  private final Duration timeout;

  NodeAdmin(Engine engine, Duration timeout) {
    this.engine = engine;
    this.timeout = timeout;
  }

  @Override
  public EntityAdmin<String> entity(String server, String id) {
    return new EntityOperations<>(
        engine, Address.checked(server, id), LetterReader.AS_JSON, timeout);
  }

  @Override
  public EntityPage entities(String server, int limit) {
    return engine.inspector().entities(server, null, limit);
  }

  @Override
  public EntityPage entities(String server, int limit, String next) {
    return engine.inspector().entities(server, Objects.requireNonNull(next, "next"), limit);
  }
}
