package io.dgen.internal.engine.activation;

import io.dgen.internal.engine.cluster.Ownership;
import io.dgen.internal.engine.cluster.Suspects;
import io.dgen.internal.engine.control.ControlServices;
import io.dgen.internal.engine.control.EntityKill;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.send.Completions;
import io.dgen.internal.engine.send.LaneServices;
import io.dgen.internal.engine.work.InFlight;
import io.dgen.internal.engine.work.Trials;

/** The services that the activations of a node share. */
public record ActivationServices(
    RoundServices rounds,
    ControlServices control,
    LaneServices lanes,
    Ownership ownership,
    Remembered remembered) {

  /**
   * What is known of entities beyond one round.
   *
   * @param activations all activations of the node
   * @param suspects the queued messages that may have crashed a node
   * @param trials which messages may be tried alone
   */
  public record Remembered(Activations activations, Suspects suspects, Trials trials) {}

  /** Returns what killing an entity needs. */
  public EntityKill.Services killing() {
    return new EntityKill.Services(
        rounds.replies().mailbox(), rounds.outgoing().delayed(), ownership);
  }

  Completions completions() {
    return rounds.replies().completions();
  }

  InFlight busy() {
    return control.busy();
  }
}
