package io.dgen.internal.engine.failure;

import io.dgen.internal.engine.cluster.Suspects;
import io.dgen.internal.engine.cluster.Suspects.Suspicion;
import io.dgen.internal.engine.format.Address;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The queued messages of one entity that are to be tried alone. Used by the thread of the entity's
 * activation alone.
 */
public final class EntitySuspects {

  private final Suspects suspects;
  private final Address address;

  /** The most messages of a queue that a round of the dead node can have reached. */
  private final int most;

  private byte @Nullable [] onTrial;

  /** The suspicion under which messages were last tried, and how many were. */
  private @Nullable Suspicion tested;

  private int trials;

  public EntitySuspects(Suspects suspects, Address address, int most) {
    this.suspects = suspects;
    this.address = address;
    this.most = most;
  }

  /** Returns whether a message is to be tried alone, and is not on trial now. */
  public boolean isSuspect(byte[] stamp) {
    Suspicion suspicion = suspects.of(address, stamp);
    return suspicion != null
        && !(suspicion.isSame(tested) && trials >= most)
        && !Arrays.equals(stamp, onTrial);
  }

  /**
   * Returns whether a message was running when a node ended: such messages are few, and can take
   * turns.
   */
  public boolean wasRunning(byte[] stamp) {
    Suspicion suspicion = suspects.of(address, stamp);
    return suspicion != null && suspicion.running() != null;
  }

  /** Begins a trial: the message may run until {@link #endTrial}. */
  public void beginTrial(byte[] stamp) {
    Suspicion suspicion = suspects.of(address, stamp);
    if (suspicion != null && !suspicion.isSame(tested)) {
      tested = suspicion;
      trials = 0;
    }
    trials++;
    onTrial = stamp;
  }

  public void endTrial() {
    onTrial = null;
  }
}
