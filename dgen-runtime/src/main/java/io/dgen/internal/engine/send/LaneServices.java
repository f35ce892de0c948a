package io.dgen.internal.engine.send;

import io.dgen.Bounds;
import io.dgen.internal.engine.work.FairScheduler;

/**
 * What the lanes of a node share.
 *
 * @param bounds how much may wait
 * @param room what the messages that wait in memory share
 * @param meter counts what is refused
 * @param deadlines when senders' time is over
 * @param turns who may be at work
 */
public record LaneServices(
    Bounds bounds, MemoryBudget room, RoundMeter meter, Deadlines deadlines, FairScheduler turns) {}
