package io.dgen.internal.engine;

import io.dgen.internal.engine.KeyLayout.EntityKeys;

/**
 * What does not change from round to round of an entity.
 *
 * @param progress is told which callback runs
 * @param readsQueue whether queued messages are taken; priority messages go past them, and past
 *     what keeps them from running
 */
record RoundSetup<S, M>(
    Engine engine,
    HostedServer<S, M> server,
    Activations.Address address,
    EntityKeys keys,
    Progress progress,
    boolean readsQueue) {}
