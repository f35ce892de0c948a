package io.dgen;

import java.util.Objects;

/**
 * The reason why an entity stops: see {@link Results#stop}.
 *
 * @param text the text that is logged and sent to the caller
 * @param isNormal true if nothing is wrong; otherwise the stop counts as a failure of the entity
 */
public record StopReason(String text, boolean isNormal) {

  /** The entity has nothing to do for now. */
  public static final StopReason NORMAL = new StopReason("normal", true);

  /** The entity was asked to stop. */
  public static final StopReason SHUTDOWN = new StopReason("shutdown", true);

  /** Checks that the text is not null. */
  public StopReason {
    Objects.requireNonNull(text, "text");
  }

  /**
   * Returns an abnormal reason.
   *
   * @param text what is wrong
   * @return a reason that counts as a failure of the entity
   */
  public static StopReason abnormal(String text) {
    return new StopReason(text, false);
  }

  @Override
  public String toString() {
    return text;
  }
}
