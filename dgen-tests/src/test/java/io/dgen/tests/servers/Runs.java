package io.dgen.tests.servers;

import io.dgen.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the runs of {@link Flaky}'s callbacks, and can make {@code init} fail. */
public final class Runs implements Flaky {

  private record Run(String name, int attempt) {}

  private final List<Run> all = new CopyOnWriteArrayList<>();
  private final Doorman doorman = new Doorman();
  private volatile boolean initFails;

  /** Holds callbacks back. */
  public Doorman doorman() {
    return doorman;
  }

  public void initFails(boolean fails) {
    initFails = fails;
  }

  /** The attempt numbers that the callback of a message saw, in order. */
  public List<Integer> attempts(String name) {
    return all.stream().filter(run -> run.name().equals(name)).map(Run::attempt).toList();
  }

  @Override
  public void ran(Context context, String name) {
    all.add(new Run(name, context.attempt()));
    if (name.equals("init") && initFails) {
      throw new IllegalStateException("no state today");
    }
    doorman.enter(name);
  }
}
