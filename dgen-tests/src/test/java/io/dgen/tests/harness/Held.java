package io.dgen.tests.harness;

import static org.awaitility.Awaitility.await;

import io.dgen.tests.harness.FaultyStore.Commit;
import io.dgen.tests.harness.FaultyStore.Fate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Holds the commits of one kind back until they are released. */
public final class Held implements FaultyStore.Plan {

  private final Predicate<Commit> which;
  private final List<CompletableFuture<Fate>> held = new CopyOnWriteArrayList<>();
  private volatile boolean released;

  public Held(Predicate<Commit> which) {
    this.which = which;
  }

  @Override
  public CompletableFuture<Fate> decide(Commit commit) {
    if (released || !which.test(commit)) {
      return FaultyStore.GO;
    }
    CompletableFuture<Fate> fate = new CompletableFuture<>();
    held.add(fate);
    if (released) {
      fate.complete(Fate.COMMIT);
    }
    return fate;
  }

  public void awaitOne() {
    await().until(() -> !held.isEmpty());
  }

  /** Lets what is held, and all that follows, go on. */
  public void release() {
    released = true;
    held.forEach(fate -> fate.complete(Fate.COMMIT));
  }
}
