package io.dgen.internal.engine.work;

/** What an attempt ends with that was given up while it ran: nothing of it counts any more. */
public final class Superseded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Superseded() {
    super("given up while it ran", null, false, false);
  }
}
