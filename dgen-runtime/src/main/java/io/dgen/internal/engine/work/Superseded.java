package io.dgen.internal.engine.work;

/** Ends an attempt that was given up while it ran: it has no effect any more. */
public final class Superseded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Superseded() {
    super("given up while it ran", null, false, false);
  }
}
