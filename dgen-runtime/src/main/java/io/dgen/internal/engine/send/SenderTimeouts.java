package io.dgen.internal.engine.send;

import io.dgen.spi.Environment;

/**
 * The services that time out senders on this node.
 *
 * @param deadlines the senders' deadlines
 * @param whereabouts finds out where a message is, for the error
 */
public record SenderTimeouts(
    Deadlines deadlines, Environment environment, Whereabouts whereabouts) {}
