package io.dgen.tests.servers;

import io.dgen.Context;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the runs of {@link Mortal}'s callbacks, and can make {@code handleDeadLetter} fail. */
public final class Lives implements Mortal {

  private record Run(String name, int attempt) {}

  private final List<Run> all = new CopyOnWriteArrayList<>();
  private final Set<String> cursed = ConcurrentHashMap.newKeySet();

  /** Makes the burial of a message fail. */
  public Lives curse(String name) {
    cursed.add(name);
    return this;
  }

  /** The attempt numbers that the callback of a message saw, in order. */
  public List<Integer> attempts(String name) {
    return all.stream().filter(run -> run.name().equals(name)).map(Run::attempt).toList();
  }

  @Override
  public void ran(String name, Context context) {
    all.add(new Run(name, context.attempt()));
  }

  @Override
  public void buries(String name, Context context) {
    all.add(new Run("burial of " + name, context.attempt()));
    if (cursed.contains(name)) {
      throw new IllegalStateException("no burial for " + name);
    }
  }
}
