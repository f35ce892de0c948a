package io.dgen.internal.engine.node;

import io.dgen.Admin;
import io.dgen.EntityAdmin;
import io.dgen.EntityStatus;
import io.dgen.Page;
import io.dgen.internal.engine.failure.LetterReader;
import io.dgen.internal.engine.format.Address;
import java.time.Duration;
import java.util.Objects;

/** The admin of one node: operates entities by name. Thread-safe. */
final class NodeAdmin implements Admin {

  private final EntityOperations.Services services;
  private final Duration timeout;

  NodeAdmin(EntityOperations.Services services, Duration timeout) {
    this.services = services;
    this.timeout = timeout;
  }

  @Override
  public EntityAdmin<String> entity(String server, String id) {
    return new EntityOperations<>(
        services, Address.checked(server, id), LetterReader.AS_JSON, timeout);
  }

  @Override
  public Page<EntityStatus> entities(String server, int limit) {
    return services.inspector().entities(server, null, limit);
  }

  @Override
  public Page<EntityStatus> entities(String server, int limit, String next) {
    return services.inspector().entities(server, Objects.requireNonNull(next, "next"), limit);
  }
}
