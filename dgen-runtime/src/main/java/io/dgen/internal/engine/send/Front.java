package io.dgen.internal.engine.send;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The front of a queue.
 *
 * @param messages the messages in order
 * @param more whether more follow
 * @param damage the damaged rows in their place; null if there are none
 */
public record Front(List<Queued> messages, boolean more, @Nullable Damage damage) {

  public static final Front EMPTY = new Front(List.of(), false, null);
}
