package io.dgen.internal.engine.send;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The front of a queue.
 *
 * @param messages the messages in order
 * @param more whether there are more behind them
 * @param damage what is in their place, if that is damaged; null if nothing is
 */
public record Front(List<Queued> messages, boolean more, @Nullable Damage damage) {

  public static final Front EMPTY = new Front(List.of(), false, null);
}
