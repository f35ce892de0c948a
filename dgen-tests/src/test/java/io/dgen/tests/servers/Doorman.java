package io.dgen.tests.servers;

import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Holds callbacks of {@link Gate} back: those whose name was said before, until they are let in.
 */
public final class Doorman implements Gate {

  private final ConcurrentHashMap<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> entered = new ConcurrentLinkedQueue<>();

  public Doorman hold(String who) {
    held.put(who, new CountDownLatch(1));
    return this;
  }

  public void letIn(String who) {
    waiting.remove(who);
    CountDownLatch latch = held.remove(who);
    if (latch != null) {
      latch.countDown();
    }
  }

  public void awaitArrival(String who) {
    await().until(() -> waiting.contains(who));
  }

  /** Each run of a callback. */
  public ConcurrentLinkedQueue<String> entered() {
    return entered;
  }

  @Override
  public void enter(String who) {
    entered.add(who);
    CountDownLatch latch = held.get(who);
    if (latch != null) {
      waiting.add(who);
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
