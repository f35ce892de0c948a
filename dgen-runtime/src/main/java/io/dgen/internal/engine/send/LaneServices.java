package io.dgen.internal.engine.send;

import io.dgen.Bounds;
import io.dgen.internal.engine.work.Turns;

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
    Bounds bounds, Room room, RoundMeter meter, Deadlines deadlines, Turns turns) {}
