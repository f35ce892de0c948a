package io.dgen.internal.store;

import io.dgen.internal.overlay.KeyRange;
import io.dgen.internal.overlay.StorageCursor;
import io.dgen.internal.overlay.StorageSnapshot;
import io.dgen.internal.testing.Hand;
import io.dgen.internal.testing.Schedules;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the threads of a store hand to each other, under controlled schedules. */
@Tag("long")
final class HandOversTest {

  @Test
  void aWakeUpWhileAWorkerFallsAsleepIsNotLost() {
    Schedules.explore(new WakesAWorker());
  }

  @Test
  void aCommitWhileTheCommitterFallsAsleepIsAnswered() {
    Schedules.explore(new CommitsTwice());
  }

  @Test
  void aCommitWhileTheCommitterClosesIsAnsweredOnce() {
    Schedules.explore(new CommitsWhileItCloses());
  }

  @Test
  void aCommitIsTakenBackOrAnswered() {
    Schedules.explore(new TakesACommitBack());
  }

  @Test
  void aCommitterGoesOnAfterAnError() {
    Schedules.explore(new CommitsWithAnError());
  }

  @Test
  void aCompletionWhileTheLastThreadEndsIsRun() {
    Schedules.explore(new Completes());
  }

  @Test
  void aWatchThatIsSetWhileItsKeyChangesFires() {
    Schedules.explore(new Watching());
  }

  @Test
  void aReadVersionSaysWhatIsRead() {
    Schedules.explore(new Reads());
  }

  private static final class WakesAWorker implements Runnable {
    @Override
    public void run() {
      AtomicInteger todo = new AtomicInteger();
      AtomicInteger done = new AtomicInteger();
      CompletableFuture<Void> ended = new CompletableFuture<>();
      StoreWorkers.Worker worker =
          new PlatformWorkers()
              .start(
                  "worker",
                  () -> {
                    if (done.addAndGet(todo.getAndSet(0)) < 2) {
                      return StoreWorkers.Next.WAIT;
                    }
                    ended.complete(null);
                    return StoreWorkers.Next.END;
                  });
      Hand other =
          Hand.start(
              () -> {
                todo.incrementAndGet();
                worker.wake();
              });
      todo.incrementAndGet();
      worker.wake();
      other.end();
      ended.join();
    }
  }

  private static final class CommitsTwice implements Runnable {
    @Override
    public void run() {
      Committing committing = new Committing();
      Answer first = new Answer();
      Answer second = new Answer();
      Hand other = Hand.start(() -> committing.committer.submit(first.request()));
      committing.committer.submit(second.request());
      check(first.isCommitted() && second.isCommitted(), "a commit was refused");
      other.end();
      committing.close();
    }
  }

  private static final class CommitsWhileItCloses implements Runnable {
    @Override
    public void run() {
      Committing committing = new Committing();
      Answer answer = new Answer();
      Hand other = Hand.start(() -> committing.committer.submit(answer.request()));
      committing.close();
      check(
          answer.isCommitted() == (committing.storage.commits() > 0),
          "what was committed is said to be refused, or the reverse");
      other.end();
    }
  }

  private static final class TakesACommitBack implements Runnable {
    @Override
    public void run() {
      Committing committing = new Committing();
      Answer answer = new Answer();
      CommitRequest request = answer.request();
      AtomicBoolean isBack = new AtomicBoolean();
      Hand other = Hand.start(() -> isBack.set(committing.committer.withdraw(request)));
      committing.committer.submit(request);
      other.end();
      if (isBack.get()) {
        check(!answer.isAnswered(), "what was taken back is answered");
      } else {
        // It was not submitted yet, and then it is refused, or it was being committed.
        check(
            answer.isCommitted() == (committing.storage.commits() > 0),
            "what was committed is said to be refused, or the reverse");
      }
      committing.close();
    }
  }

  /** There is no memory for the first group: its commits are tried one by one. */
  private static final class CommitsWithAnError implements Runnable {
    @Override
    public void run() {
      Committing committing = new Committing();
      committing.storage.failing.set(1);
      Answer first = new Answer();
      Answer second = new Answer();
      Hand other = Hand.start(() -> committing.committer.submit(first.request()));
      committing.committer.submit(second.request());
      int committed = (first.isCommitted() ? 1 : 0) + (second.isCommitted() ? 1 : 0);
      check(committed > 0, "what nothing is wrong with is refused");
      other.end();
      committing.close();
    }
  }

  private static final class Completes implements Runnable {
    @Override
    public void run() {
      CompletionPool pool = new CompletionPool((task, delay) -> () -> {}, Duration.ZERO);
      CompletableFuture<Void> first = new CompletableFuture<>();
      CompletableFuture<Void> second = new CompletableFuture<>();
      Hand other = Hand.start(() -> pool.execute(() -> first.complete(null)));
      pool.execute(() -> second.complete(null));
      first.join();
      second.join();
      other.end();
    }
  }

  private static final class Watching implements Runnable {
    @Override
    public void run() {
      OneCell cell = new OneCell();
      Watches watches = new Watches(cell::get);
      CompletableFuture<Void> future = watches.newFuture();
      StoreWatch watch = new StoreWatch(OneCell.KEY, null, future);
      Hand writer =
          Hand.start(
              () -> {
                // In the order of a commit: visible first.
                cell.value = OneCell.KEY;
                watches.changedBy(List.of(KeyRange.point(OneCell.KEY))).forEach(StoreWatch::run);
              });
      if (!watches.arm(watch)) {
        watch.run();
      }
      writer.end();
      check(future.isDone(), "the watch did not fire");
    }
  }

  private static final class Reads implements Runnable {
    @Override
    public void run() {
      OneCell cell = new OneCell();
      AtomicInteger clock = new AtomicInteger();
      Timeline timeline =
          new Timeline(() -> clock.get() * 1_000L, 1, Long.MAX_VALUE, cell.snapshot());
      Hand writer =
          Hand.start(
              () -> {
                clock.incrementAndGet();
                long group = timeline.startGroup();
                clock.incrementAndGet();
                timeline.publish(group, cell.snapshot());
              });
      clock.incrementAndGet();
      ReadPoint point = timeline.begin();
      writer.end();
      long published = timeline.newestVersion();
      check(
          point.version() < published == point.handle().version < published,
          "a read version does not say what is read");
      check(
          timeline.oldestNeeded() <= point.handle().version,
          "what a transaction has to be compared with is forgotten");
      timeline.release(point);
      check(timeline.oldestNeeded() == published, "what nobody needs is kept");
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** A committer over a storage of one key. */
  private static final class Committing {

    final OneCell storage = new OneCell();
    final GroupCommitter committer;

    Committing() {
      Timeline timeline = new Timeline(() -> 0, 1, Long.MAX_VALUE, storage.snapshot());
      PlatformWorkers workers = new PlatformWorkers();
      StoreEnvironment environment =
          new StoreEnvironment(
              () -> 0,
              (task, delay) -> {
                throw new RejectedExecutionException("no timer");
              },
              () -> 0,
              Runnable::run,
              workers);
      committer =
          new GroupCommitter(
              new CommitPipeline(storage, timeline, new Watches(storage::get)),
              new StoreCompletions(environment),
              () -> {});
      committer.start(workers);
    }

    void close() {
      var unused = committer.close(() -> StoreWorkers.Next.END).join();
    }
  }

  /** What became of a commit. */
  private static final class Answer implements CommitRequest.Outcome {

    private final CompletableFuture<Boolean> committed = new CompletableFuture<>();

    CommitRequest request() {
      return new CommitRequest(
          Priority.DEFAULT, 0, null, List.of(), List.of(), List.of(), List.of(), this);
    }

    boolean isCommitted() {
      return committed.join();
    }

    boolean isAnswered() {
      return committed.isDone();
    }

    @Override
    public void committed(long version, byte[] versionstamp) {
      check(committed.complete(true), "a commit is answered twice");
    }

    @Override
    public void failed(StoreException error) {
      check(
          error.is(StoreError.STORE_CLOSED) || error.is(StoreError.INTERNAL_ERROR),
          "a commit fails for no reason");
      check(committed.complete(false), "a commit is answered twice");
    }

    @Override
    public void withdrawn() {
      throw new AssertionError("the committer tells nobody that a commit was taken back");
    }
  }

  /** A storage of one key, as small as can be: the schedules follow every step in it. */
  private static final class OneCell implements Storage {

    static final byte[] KEY = {1};

    volatile byte @Nullable [] value;

    private final AtomicInteger commits = new AtomicInteger();

    /** How many of the next batches cannot be made. */
    final AtomicInteger failing = new AtomicInteger();

    byte @Nullable [] get(byte[] key) {
      return value;
    }

    int commits() {
      return commits.get();
    }

    @Override
    public long versionCeiling() {
      return 0;
    }

    @Override
    public boolean isDurable() {
      return true;
    }

    @Override
    public StorageSnapshot snapshot() {
      return new Seen();
    }

    @Override
    public StorageBatch newBatch() {
      if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new OutOfMemoryError("of a test");
      }
      return new Batch();
    }

    @Override
    public void close(long versionCeiling) {}

    private static final class Seen implements StorageSnapshot {

      @Override
      public byte @Nullable [] get(byte[] key) {
        return null;
      }

      @Override
      public StorageCursor cursor(byte[] begin, byte[] end, boolean reverse) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    }

    private final class Batch implements StorageBatch {

      @Override
      public byte @Nullable [] get(byte[] key) {
        return value;
      }

      @Override
      public void put(byte[] key, byte[] newValue) {
        value = newValue;
      }

      @Override
      public void delete(byte[] key) {
        value = null;
      }

      @Override
      public void deleteRange(byte[] begin, byte[] end) {
        value = null;
      }

      @Override
      public void commit(long versionCeiling) {
        commits.incrementAndGet();
      }

      @Override
      public void close() {}
    }
  }
}
