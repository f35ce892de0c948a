package io.dgen.internal.engine.round;

import io.dgen.LockLost;
import java.time.Duration;

/**
 * What rounds keep to.
 *
 * @param limits how much one round does
 * @param lockTimeoutMicros how long a holder of a lock is believed without a sign of life, in the
 *     store's versions
 * @param lockLost what becomes of the message of a holder that is lost
 * @param slowCallback how long a callback may run before it is logged
 * @param remembersState whether states are kept in memory from round to round
 */
public record RoundSettings(
    RoundLimits limits,
    long lockTimeoutMicros,
    LockLost lockLost,
    Duration slowCallback,
    boolean remembersState) {}
