package io.dgen.internal.engine.cluster;

/** The flight recorder of a node, once the node is known to the others. Thread-safe. */
public final class Flights {

  private volatile FlightRecorder recorder = FlightRecorder.NONE;

  public FlightRecorder recorder() {
    return recorder;
  }

  public void begin(FlightRecorder of) {
    recorder = of;
  }
}
