package io.dgen.internal.engine.round;

import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.failure.CallbackProgress;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.spi.Environment;

/**
 * What stays the same from round to round of an entity.
 *
 * @param progress is told which callback runs
 * @param readsQueue whether queued messages are taken; priority messages go past them, and past
 *     what keeps them from running
 */
public record RoundSetup<S, M>(
    Entity entity,
    HostedServer<S, M> server,
    RoundServices services,
    CallbackProgress progress,
    boolean readsQueue) {

  public Address address() {
    return entity.address();
  }

  EntityKeys keys() {
    return entity.keys();
  }

  public Environment environment() {
    return entity.environment();
  }
}
