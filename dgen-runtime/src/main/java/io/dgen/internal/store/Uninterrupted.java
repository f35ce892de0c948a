package io.dgen.internal.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs work on files to its end. An interrupt of the caller's thread would close the channels in
 * use, and the directory would be given up half-way.
 */
public final class Uninterrupted {

  private Uninterrupted() {}

  /**
   * Runs work on a private thread, and waits for it, even if interrupted.
   *
   * @param <T> the type of the result
   * @param work the work
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

  /** Records where the work was requested. */
  private static final class CallerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallerException() {
      super("called from here");
    }
  }
}
