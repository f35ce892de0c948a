package io.dgen.tests.servers;

import io.dgen.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches over {@link Workshop}: holds work back, lets it fail, and keeps account of it. */
public final class Foreman implements Workshop {

  private final Doorman doorman = new Doorman();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final List<String> made = new CopyOnWriteArrayList<>();
  private final List<String> acted = new CopyOnWriteArrayList<>();

  /** Holds work and actions back, by their names. */
  public Doorman doorman() {
    return doorman;
  }

  /** Lets the first attempts at some work fail. */
  public Foreman fail(String what, int attempts) {
    failures.put(what, attempts);
    return this;
  }

  /** The work that was begun while the entity was locked, with the attempt. */
  public List<String> made() {
    return made;
  }

  /** The actions that ran, with the last thing that was done when they did. */
  public List<String> acted() {
    return acted;
  }

  @Override
  public String make(String what, Context context) {
    made.add(what + " " + context.attempt());
    doorman.enter(what);
    if (context.attempt() <= failures.getOrDefault(what, 0)) {
      throw new IllegalStateException("as asked: " + what);
    }
    return "made " + what;
  }

  @Override
  public boolean act(String action, State state) {
    doorman.enter(action);
    acted.add(action + " on " + state.done().getLast());
    if (action.startsWith("fail")) {
      throw new IllegalStateException("as asked: " + action);
    }
    return !action.startsWith("halt");
  }
}
