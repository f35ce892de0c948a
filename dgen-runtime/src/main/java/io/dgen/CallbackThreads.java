package io.dgen;

/** The kind of threads that run user code: see {@link DgenOptions#callbackThreads}. */
public enum CallbackThreads {

  /**
   * Pooled platform threads. The operating system shares the cores among them, so callbacks that
   * compute do not block others.
   */
  PLATFORM,

  /**
   * Virtual threads: a new one each time an entity gets work. They take less memory than platform
   * threads while callbacks block, and start faster. As soon as as many callbacks compute as there
   * are carrier threads, they hold up all other callbacks and all other virtual threads of the
   * process; timeouts, heartbeats, lock renewals and {@link Dgen#close} are not held up.
   */
  VIRTUAL
}
