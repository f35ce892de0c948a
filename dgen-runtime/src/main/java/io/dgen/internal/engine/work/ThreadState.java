package io.dgen.internal.engine.work;

import org.jspecify.annotations.Nullable;

/**
 * The state that a thread would leak from one run of user code to the next: its name, its priority,
 * its context class loader, its interrupt flag and its logging context. It is saved before and
 * restored after each callback, so that every callback starts alike.
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

  /** Saves the state of this thread. An interrupt from earlier user code is cleared. */
  public static ThreadState enter() {
    Interrupts.forget();
    return new ThreadState(Thread.currentThread());
  }

  /** Restores the saved state. */
  @SuppressWarnings({
    "ReferenceEquality",
    "ThreadPriorityCheck"
  }) // Setting the same name again changes nothing, but costs a call.
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
