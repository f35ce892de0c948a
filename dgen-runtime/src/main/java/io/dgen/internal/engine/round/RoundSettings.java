package io.dgen.internal.engine.round;

import io.dgen.LockLost;
import java.time.Duration;

/**
 * The settings of rounds.
 *
 * @param limits how much one round does
 * @param lockTimeoutMicros how long the holder of a lock is presumed alive without a sign of life,
 *     in the store's versions
 * @param lockLost the fate of a message whose lock is lost
 * @param slowCallback how long a callback may run before it is logged
 * @param remembersState whether states are cached from round to round
 */
public record RoundSettings(
    RoundLimits limits,
    long lockTimeoutMicros,
    LockLost lockLost,
    Duration slowCallback,
    boolean remembersState) {}
