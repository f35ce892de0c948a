package io.dgen;

/** The kind of threads that code of the user's runs on: see {@link DgenOptions#callbackThreads}. */
public enum CallbackThreads {

  /**
   * Platform threads, pooled. The operating system shares the cores among them, so callbacks that
   * compute do not keep others from running.
   */
  PLATFORM,

  /**
   * Virtual threads, a new one each time an entity gets work. They take less memory than platform
   * threads while callbacks block, and less time to begin. Callbacks that compute hold up all
   * others, and all other virtual threads of the process, as soon as there are as many of them as
   * carrier threads; timeouts, heartbeats, lock renewals and {@link Dgen#close} are not held up.
   */
  VIRTUAL
}
