package io.dgen.tests.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import io.dgen.tests.harness.ForwardingTransaction;
import io.dgen.tests.model.Reached;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node's view of a store: every answer takes a while, in an order of its own, and commits fail
 * at random: with a conflict, or with {@code commit_unknown_result}, after they happened or
 * without. A commit that is under way when its node crashes happens or does not.
 */
final class SimulatedStore implements Store {

  private final Simulation simulation;
  private final Simulation.Life network = new Simulation.Life();
  private final Simulation.Life node;
  private final Store store;
  private final Faults faults;
  private final Pages pages;

  /** How much longer each message to and from the store takes. */
  private Duration delay = Duration.ZERO;

  /** When requests and answers get through again; in nanoseconds. */
  private long cutUntil;

  /** Done by the commit whose result is unknown next, whatever the faults. */
  private CompletableFuture<Void> doubted = new CompletableFuture<>();

  /** How many commits there are until then; none is doubted if it is not positive. */
  private int untilDoubted;

  SimulatedStore(
      Simulation simulation, SimulatedNode node, Store store, Faults faults, Pages pages) {
    this.simulation = simulation;
    this.node = node.life();
    this.store = store;
    this.faults = faults;
    this.pages = pages;
  }

  /** How snapshots read ranges, as rounds read pages of queues; the same on all nodes. */
  static final class Pages {

    private int slowdown;
    private int sentBehind;

    /** Lets each take so much longer to reach the store, or less, from now on. */
    void slow(Duration atMost) {
      slowdown = Math.toIntExact(atMost.toNanos());
    }

    /** How many messages were sent to where the same transaction had read that there are none. */
    int sentBehind() {
      return sentBehind;
    }

    private Duration draw(Simulation simulation) {
      return slowdown == 0
          ? Duration.ZERO
          : Duration.ofNanos(simulation.random().nextInt(slowdown));
    }
  }

  /** Whether a key whose stamp is not known yet may come behind another one. */
  private static boolean maySortBehind(byte[] operand, byte[] key) {
    int end = operand.length - Integer.BYTES;
    int stamp = ByteBuffer.wrap(operand, end, Integer.BYTES).order(LITTLE_ENDIAN).getInt();
    return key.length > stamp && Arrays.equals(operand, 0, stamp, key, 0, stamp);
  }

  /**
   * How often a commit fails.
   *
   * @param conflict the chance of a conflict that is none
   * @param unknownCommitted the chance that a commit happens and nobody can say so
   * @param unknownLost the chance that a commit does not happen and nobody can say so
   * @param late the chance that nobody can say so, and it may still happen a while later: as after
   *     FoundationDB's {@code cluster_version_changed}
   */
  record Faults(double conflict, double unknownCommitted, double unknownLost, double late) {

    static final Faults NONE = new Faults(0, 0, 0, 0);
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return new SimulatedTransaction(options);
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("the store belongs to the simulation");
  }

  /** Makes each message to and from the store take so much longer from now on. */
  void delay(Duration duration) {
    delay = duration;
  }

  /**
   * Leaves a commit of the node in doubt, whatever the faults.
   *
   * @param ordinal which one of those that happen from now on; 1 is the next
   * @return done when it happened, before its node hears that nobody can say so
   */
  CompletableFuture<Void> doubt(int ordinal) {
    untilDoubted = ordinal;
    doubted = new CompletableFuture<>();
    return doubted;
  }

  private boolean isDoubted() {
    return untilDoubted > 0 && --untilDoubted == 0 && doubted.complete(null);
  }

  /**
   * Cuts the node off for a while: whatever it asks for fails, as it does when transactions have a
   * timeout, and so does what is on its way back, such as the result of a commit that happened.
   */
  void cut(Duration duration) {
    cutUntil = simulation.nanos() + duration.toNanos();
  }

  private boolean isCut() {
    return simulation.nanos() < cutUntil;
  }

  private Duration latency() {
    return Duration.ofNanos(1000L * (50 + simulation.random().nextInt(2000))).plus(delay);
  }

  /** Answers later. What is on its way to a node that has crashed gets lost. */
  private <T> CompletableFuture<T> later(Supplier<CompletableFuture<T>> action) {
    return later(Duration.ZERO, action);
  }

  /** The same; what is asked for takes so much longer to reach the store. */
  private <T> CompletableFuture<T> later(Duration longer, Supplier<CompletableFuture<T>> action) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    simulation.schedule(
        network,
        latency().plus(longer),
        () -> {
          CompletableFuture<T> result = isCut() ? timedOut() : action.get();
          if (!result.isDone()) {
            throw new AssertionError("the store in memory answers at once");
          }
          simulation.schedule(
              node, latency(), () -> forward(isCut() ? timedOut() : result, answer));
        });
    return answer;
  }

  private static <T> CompletableFuture<T> timedOut() {
    return CompletableFuture.failedFuture(new StoreException(StoreError.TRANSACTION_TIMED_OUT));
  }

  private static <T> void forward(CompletableFuture<T> from, CompletableFuture<T> to) {
    var unused =
        from.whenComplete(
            (value, error) -> {
              if (error == null) {
                to.complete(value);
              } else {
                to.completeExceptionally(
                    error instanceof CompletionException && error.getCause() != null
                        ? error.getCause()
                        : error);
              }
            });
  }

  private final class SimulatedTransaction extends ForwardingTransaction {

    private final TransactionOptions options;

    /** The keys from which on snapshots found nothing. */
    private final List<byte[]> empty = new ArrayList<>();

    SimulatedTransaction(TransactionOptions options) {
      super(store.createTransaction(options));
      this.options = options;
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
      return later(() -> from.get(key));
    }

    @Override
    public CompletableFuture<byte[]> getKey(ReadTransaction from, KeySelector selector) {
      return later(() -> from.getKey(selector));
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      if (!from.isSnapshot()) {
        return later(() -> from.getRange(begin, end, limit, reverse));
      }
      return later(
          pages.draw(simulation),
          () -> {
            CompletableFuture<List<KeyValue>> rows = from.getRange(begin, end, limit, reverse);
            if (rows.isDone() && !rows.isCompletedExceptionally() && rows.join().isEmpty()) {
              empty.add(begin.key());
            }
            return rows;
          });
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
      Transaction reading = transaction();
      return later(reading::getReadVersion);
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
      if (type == MutationType.SET_VERSIONSTAMPED_KEY
          && empty.stream().anyMatch(begin -> maySortBehind(key, begin))) {
        pages.sentBehind++;
      }
      super.mutate(type, key, operand);
    }

    @Override
    public CompletableFuture<Void> commit() {
      double draw = simulation.random().nextDouble();
      Transaction committing = transaction();
      if (draw < faults.conflict()) {
        return later(() -> failed(StoreError.NOT_COMMITTED));
      }
      draw -= faults.conflict();
      if (draw < faults.unknownLost()) {
        simulation.reach(Reached.UNKNOWN_AND_LOST);
        return later(() -> failed(StoreError.COMMIT_UNKNOWN_RESULT));
      }
      draw -= faults.unknownLost();
      if (draw < faults.late()) {
        return commitLate(committing);
      }
      draw -= faults.late();
      boolean unknown = draw < faults.unknownCommitted();
      return later(
          () -> {
            CompletableFuture<Void> result = committing.commit();
            simulation.note(result.isCompletedExceptionally() ? 1 : 2);
            if (result.isCompletedExceptionally()) {
              simulation.reach(Reached.CONFLICT);
              return result;
            }
            if (isDoubted() || unknown) {
              simulation.reach(Reached.UNKNOWN_BUT_COMMITTED);
              return failed(StoreError.COMMIT_UNKNOWN_RESULT);
            }
            return result;
          });
    }

    /** The transaction lives on without its owner. */
    private CompletableFuture<Void> commitLate(Transaction committing) {
      // It has its read version, and is on its way.
      var unusedVersion = committing.getReadVersion();
      replace(store.createTransaction(options));
      Duration delay = Duration.ofNanos(1000L * simulation.random().nextInt(20_000));
      simulation.schedule(
          network,
          delay,
          () -> {
            var unused = committing.commit().whenComplete((done, error) -> committing.close());
          });
      return later(
          () ->
              CompletableFuture.failedFuture(
                  new StoreException(1039, "the cluster's version changed", true, true, null)));
    }

    private static CompletableFuture<Void> failed(StoreError error) {
      return CompletableFuture.failedFuture(new StoreException(error));
    }

    @Override
    public CompletableFuture<byte[]> getVersionstamp() {
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      forward(super.getVersionstamp(), answer);
      return answer;
    }

    @Override
    public CompletableFuture<Void> watch(byte[] key) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      CompletableFuture<Void> watch = super.watch(key);
      var unused =
          watch.whenComplete(
              (fired, error) -> simulation.schedule(node, latency(), () -> forward(watch, answer)));
      return answer;
    }

    /** A transaction whose outcome is unknown has no more to say: a new one takes its place. */
    @Override
    public CompletableFuture<Void> onError(Throwable error) {
      if (!(error instanceof StoreException known) || !known.isRetryable()) {
        return CompletableFuture.failedFuture(error);
      }
      return later(
          () -> {
            transaction().close();
            replace(store.createTransaction(options));
            empty.clear();
            return CompletableFuture.completedFuture(null);
          });
    }
  }
}
