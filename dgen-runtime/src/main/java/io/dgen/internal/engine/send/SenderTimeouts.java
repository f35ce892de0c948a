package io.dgen.internal.engine.send;

import io.dgen.spi.Environment;

/**
 * What ends the waiting of senders on this node.
 *
 * @param deadlines when their time is over
 * @param whereabouts finds out for the error where a message is
 */
public record SenderTimeouts(
    Deadlines deadlines, Environment environment, Whereabouts whereabouts) {}
