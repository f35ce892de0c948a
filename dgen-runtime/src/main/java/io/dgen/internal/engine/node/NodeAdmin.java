package io.dgen.internal.engine.node;

import io.dgen.Admin;
import io.dgen.DeadLetter;
import io.dgen.EntityAdmin;
import io.dgen.EntityStatus;
import io.dgen.Page;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.failure.LetterReader;
import io.dgen.internal.engine.format.Address;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

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
  public boolean delete(String server, String id) {
    return entity(server, id).delete();
  }

  @Override
  public Page<EntityStatus> entities(String server, int limit) {
    return services.inspector().entities(server, null, limit);
  }

  @Override
  public Page<EntityStatus> entities(String server, int limit, String next) {
    return services.inspector().entities(server, Objects.requireNonNull(next, "next"), limit);
  }

  @Override
  public long deadLetters(String server) {
    long letters = 0;
    String after = null;
    do {
      Inspector.Lettered page = services.inspector().lettered(server, after);
      letters += page.letters();
      after = page.next();
    } while (after != null);
    return letters;
  }

  @Override
  public long requeueAll(String server, Predicate<? super DeadLetter<String>> filter) {
    long requeued = 0;
    String after = null;
    do {
      Inspector.Lettered page = services.inspector().lettered(server, after);
      for (String id : page.ids()) {
        requeued += requeueAll(server, id, filter, requeued);
      }
      after = page.next();
    } while (after != null);
    return requeued;
  }

  private long requeueAll(
      String server, String id, Predicate<? super DeadLetter<String>> filter, long before) {
    try {
      return entity(server, id).deadLetters().requeueAll(filter);
    } catch (DgenException e) {
      if (before == 0) {
        throw e;
      }
      throw new DgenException(
          before + " dead letters of other entities were requeued before: " + e.getMessage(),
          e,
          Effect.UNKNOWN);
    }
  }
}
