package io.dgen.internal.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs work on files to its end. An interrupt of the caller's thread would close the channels that
 * are in use, and with them give up the directory half way.
 */
public final class Uninterrupted {

  private Uninterrupted() {}

  /**
   * Runs work on a thread that nobody else knows, and waits for it, interrupted or not.
   *
   * @param <T> the type of the result
   * @param work what to run
   * @return its result
   */
  public static <T> T call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("dgen-store-files")
            .unstarted(
                () -> {
                  try {
                    result.complete(work.get());
                  } catch (Throwable e) {
                    result.completeExceptionally(e);
                  }
                });
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> {
          cause.addSuppressed(new CallerException());
          throw cause;
        }
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /** Where the work was asked for. */
  private static final class CallerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallerException() {
      super("called from here");
    }
  }
}
