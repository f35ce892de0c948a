package io.dgen.tests.servers;

import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;

/** Holds every callback of {@link Gate} back, and says how many of them it held at once. */
public final class Crowd implements Gate {

  private final ArrayDeque<CountDownLatch> waiting = new ArrayDeque<>();
  private int most;

  @Override
  public void enter(String who) {
    CountDownLatch latch = new CountDownLatch(1);
    synchronized (this) {
      waiting.addLast(latch);
      most = Math.max(most, waiting.size());
      notifyAll();
    }
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until as many are held back, and lets the first go. */
  public synchronized void letOneGo(int held) {
    try {
      while (waiting.size() < held) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    waiting.removeFirst().countDown();
  }

  /** The most that were held at once. */
  public synchronized int most() {
    return most;
  }
}
