package io.dgen.internal.engine.node;

import io.dgen.internal.engine.query.Queries;
import io.dgen.internal.engine.send.SenderTimeouts;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import java.time.Duration;

/**
 * The services that the clients of a node share.
 *
 * @param timeouts time out senders
 * @param queries runs queries
 * @param callers the environment of users' waiting threads: an interrupt ends their waits
 * @param defaultTimeout how long they wait by default
 * @param store the store of the node
 */
record SenderServices(
    SenderTimeouts timeouts,
    Queries queries,
    Environment callers,
    Duration defaultTimeout,
    Store store) {}
