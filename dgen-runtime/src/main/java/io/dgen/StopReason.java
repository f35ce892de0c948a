package io.dgen;

import java.util.Objects;

/**
 * Why an entity stops: see {@link Results#stop}.
 *
 * @param text what is logged and what the caller gets to read
 * @param isNormal whether nothing is wrong; otherwise the stop counts as a failure of the entity
 */
public record StopReason(String text, boolean isNormal) {

  /** The entity has nothing to do for now. */
  public static final StopReason NORMAL = new StopReason("normal", true);

  /** The entity was asked to stop. */
  public static final StopReason SHUTDOWN = new StopReason("shutdown", true);

  /** Checks that there is a text. */
  public StopReason {
    Objects.requireNonNull(text, "text");
  }

  /**
   * Something is wrong.
   *
   * @param text what
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
