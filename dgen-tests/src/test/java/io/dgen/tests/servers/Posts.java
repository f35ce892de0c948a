package io.dgen.tests.servers;

/** A {@link Board} whose callbacks can be held back. */
public final class Posts implements Board {

  private final Doorman doorman = new Doorman();

  /** Holds callbacks back. */
  public Doorman doorman() {
    return doorman;
  }

  @Override
  public void runs(String what) {
    doorman.enter(what);
  }
}
