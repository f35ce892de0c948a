package io.dgen.internal.engine.work;

import org.jspecify.annotations.Nullable;

/**
 * What a thread that runs user code has that the next one would get to see: its name, its priority,
 * its context class loader, its interrupt flag and its logging context. It is taken down before and
 * restored behind each callback, so that every one begins alike.
 */
public final class ThreadState {

  private final Thread thread;
  private final String name;
  private final int priority;
  private final @Nullable ClassLoader loader;

  private ThreadState(Thread thread) {
    this.thread = thread;
    this.name = thread.getName();
    this.priority = thread.getPriority();
    this.loader = thread.getContextClassLoader();
  }

  /** Takes down the state of this thread. An interrupt of whoever was here before is forgotten. */
  public static ThreadState enter() {
    Interrupts.forget();
    return new ThreadState(Thread.currentThread());
  }

  /** Restores it. */
  @SuppressWarnings({
    "ReferenceEquality",
    "ThreadPriorityCheck"
  }) // The same name again is no change, and costs a call.
  public void restore() {
    Interrupts.forget();
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    if (thread.getPriority() != priority) {
      thread.setPriority(priority);
    }
    if (thread.getName() != name) {
      thread.setName(name);
    }
  }
}
