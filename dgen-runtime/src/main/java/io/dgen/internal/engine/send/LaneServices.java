package io.dgen.internal.engine.send;

import io.dgen.Bounds;
import io.dgen.internal.engine.work.FairScheduler;

/**
 * The services that the lanes of a node share.
 *
 * @param bounds the bounds of what may wait
 * @param room the budget of the messages that wait in memory
 * @param meter counts refused messages
 * @param deadlines the senders' deadlines
 * @param turns schedules the activations
 */
public record LaneServices(
    Bounds bounds, MemoryBudget room, RoundMeter meter, Deadlines deadlines, FairScheduler turns) {}
