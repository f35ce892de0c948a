package io.dgen.internal.engine.node;

import io.dgen.internal.engine.send.SenderTimeouts;
import io.dgen.spi.Environment;
import java.time.Duration;

/**
 * What clients of a node share.
 *
 * @param timeouts what ends their waiting
 * @param callers what the waits of the user's threads use: an interrupt ends them
 * @param defaultTimeout how long they wait if they do not say otherwise
 */
record SenderServices(SenderTimeouts timeouts, Environment callers, Duration defaultTimeout) {}
