package io.dgen.internal.engine.control;

import io.dgen.internal.engine.work.InFlight;
import io.dgen.internal.engine.work.Lifecycle;
import io.dgen.internal.engine.work.Wakeups;

/**
 * What lock holders need of their node.
 *
 * @param releases keeps rounds from beginning while a lock is being released
 */
public record ControlServices(
    InFlight busy, Lifecycle lifecycle, Wakeups wakeups, Releases releases) {}
