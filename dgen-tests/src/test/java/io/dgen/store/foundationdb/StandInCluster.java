package io.dgen.store.foundationdb;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterable;
import io.dgen.store.KeySelector;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for fdb-java where there is no cluster and no native library: its interfaces over a
 * local store, with fdb-java's manners. Results come on the executor, errors are {@code
 * FDBException}s, {@code onError} hands over a new object and makes the old one unusable, what is
 * closed throws {@code IllegalStateException}, and options other than timeout and retry limit are
 * forgotten with each reset; {@link StandInStamps} does to versionstamped keys what the client
 * does. It says nothing about FoundationDB itself.
 *
 * <p>The interfaces have over a hundred methods, of which the store uses these.
 */
final class StandInCluster {

  private static final int TIMEOUT = 500;
  private static final int RETRY_LIMIT = 501;
  private static final int PRIORITY_BATCH = 201;
  private static final int AUTO_THROTTLE_TAG = 801;

  final Store store;

  /** Native transactions that are not closed. */
  final AtomicInteger open = new AtomicInteger();

  /** What was set on transactions: the option's name, in order. */
  final ConcurrentLinkedQueue<String> options = new ConcurrentLinkedQueue<>();

  StandInCluster(Store store) {
    this.store = store;
  }

  Database database() {
    return proxy(
        Database.class,
        (method, arguments) ->
            switch (method) {
              case "createTransaction" ->
                  new Native(new Shared(TransactionOptions.DEFAULT), (Executor) arguments[0])
                      .proxy();
              case "close" -> {
                store.close();
                yield null;
              }
              default -> throw new UnsupportedOperationException(method);
            });
  }

  /** What the objects of one native transaction share. */
  private final class Shared {

    final StandInStamps stamps = new StandInStamps();
    TransactionOptions settings;
    io.dgen.store.@Nullable Transaction transaction;

    Shared(TransactionOptions settings) {
      this.settings = settings;
      open.incrementAndGet();
    }

    synchronized io.dgen.store.Transaction transaction() {
      if (transaction == null) {
        transaction = store.createTransaction(settings);
      }
      return transaction;
    }

    synchronized void setOption(int code, byte @Nullable [] value) {
      switch (code) {
        case TIMEOUT ->
            settings = settings.toBuilder().timeout(Duration.ofMillis(number(value))).build();
        case RETRY_LIMIT -> settings = settings.toBuilder().retryLimit((int) number(value)).build();
        case PRIORITY_BATCH -> options.add("batch");
        case AUTO_THROTTLE_TAG -> options.add("tag");
        default -> throw new UnsupportedOperationException("option " + code);
      }
    }

    private static long number(byte @Nullable [] value) {
      long number = 0;
      if (value != null) {
        for (int i = value.length - 1; i >= 0; i--) {
          number = number << 8 | (value[i] & 0xFF);
        }
      }
      return number;
    }
  }

  /** One of fdb-java's transaction objects. */
  private final class Native {

    private final Shared shared;
    private final Executor executor;
    private final com.apple.foundationdb.TransactionOptions settings;
    private volatile boolean closed;
    private volatile boolean handedOver;

    Native(Shared shared, Executor executor) {
      this.shared = shared;
      this.executor = executor;
      this.settings = new com.apple.foundationdb.TransactionOptions(shared::setOption);
    }

    Transaction proxy() {
      return StandInCluster.proxy(
          Transaction.class,
          (method, arguments) -> {
            if (method.equals("close")) {
              close();
              return null;
            }
            if (closed || handedOver) {
              throw new IllegalStateException("Cannot access closed object");
            }
            return method.equals("options") ? settings : call(method, arguments);
          });
    }

    private @Nullable Object call(String method, Object[] arguments) {
      io.dgen.store.Transaction transaction = shared.transaction();
      return switch (method) {
        case "set" -> {
          transaction.set((byte[]) arguments[0], (byte[]) arguments[1]);
          yield null;
        }
        case "clear" -> {
          byte[] begin = (byte[]) arguments[0];
          if (arguments.length == 1) {
            shared.stamps.clear(
                transaction, begin, Keys.after(begin), () -> transaction.clear(begin));
          } else {
            byte[] end = (byte[]) arguments[1];
            shared.stamps.clear(transaction, begin, end, () -> transaction.clear(begin, end));
          }
          yield null;
        }
        case "mutate" -> {
          mutate(
              transaction,
              MutationType.valueOf(arguments[0].toString()),
              (byte[]) arguments[1],
              (byte[]) arguments[2]);
          yield null;
        }
        case "addReadConflictRange" -> {
          transaction.addReadConflictRange((byte[]) arguments[0], (byte[]) arguments[1]);
          yield null;
        }
        case "addWriteConflictRange" -> {
          transaction.addWriteConflictRange((byte[]) arguments[0], (byte[]) arguments[1]);
          yield null;
        }
        case "snapshot" -> snapshot(transaction.snapshot());
        case "commit" -> answer(() -> shared.stamps.commit(transaction, store));
        case "getCommittedVersion" -> transaction.getCommittedVersion();
        case "getVersionstamp" -> answer(() -> untilReset(transaction.getVersionstamp()));
        case "watch" -> watch(transaction, (byte[]) arguments[0]);
        case "cancel" -> {
          transaction.cancel();
          yield null;
        }
        case "onError" -> onError(transaction, (FDBException) arguments[0]);
        default -> read(transaction, method, arguments);
      };
    }

    private void mutate(
        io.dgen.store.Transaction transaction, MutationType type, byte[] key, byte[] operand) {
      if (type == MutationType.SET_VERSIONSTAMPED_KEY) {
        shared.stamps.set(transaction, key, operand);
      } else {
        transaction.mutate(type, key, operand);
      }
    }

    private com.apple.foundationdb.ReadTransaction snapshot(ReadTransaction reads) {
      return StandInCluster.proxy(
          com.apple.foundationdb.ReadTransaction.class,
          (method, arguments) -> read(reads, method, arguments));
    }

    private Object read(ReadTransaction reads, String method, Object[] arguments) {
      shared.stamps.noteRead();
      return switch (method) {
        case "get" -> answer(() -> reads.get((byte[]) arguments[0]));
        case "getReadVersion" -> answer(reads::getReadVersion);
        case "getKey" -> {
          var selector = (com.apple.foundationdb.KeySelector) arguments[0];
          yield answer(
              () ->
                  reads.getKey(
                      new KeySelector(
                          selector.getKey(), selector.orEqual(), selector.getOffset())));
        }
        case "getRange" -> {
          CompletableFuture<List<KeyValue>> list =
              answer(
                  () ->
                      reads
                          .getRange(
                              KeySelector.firstGreaterOrEqual((byte[]) arguments[0]),
                              KeySelector.firstGreaterOrEqual((byte[]) arguments[1]),
                              (Integer) arguments[2],
                              (Boolean) arguments[3])
                          .thenApply(
                              pairs ->
                                  pairs.stream()
                                      .map(pair -> new KeyValue(pair.key(), pair.value()))
                                      .toList()));
          yield StandInCluster.proxy(AsyncIterable.class, (asList, none) -> list);
        }
        default -> throw new UnsupportedOperationException(method);
      };
    }

    private CompletableFuture<Void> watch(io.dgen.store.Transaction transaction, byte[] key) {
      CompletableFuture<Void> watched = transaction.watch(key);
      CompletableFuture<Void> answer = answer(() -> untilReset(watched));
      var unused = answer.whenComplete((done, error) -> watched.cancel(true));
      return answer;
    }

    /** What the commit settles, as the client keeps it pending when it refuses that by itself. */
    private static <T> CompletableFuture<T> untilReset(CompletableFuture<T> promise) {
      CompletableFuture<T> kept = new CompletableFuture<>();
      var unused =
          promise.whenComplete(
              (value, error) -> {
                if (error == null) {
                  kept.complete(value);
                } else if (!(Failures.cause(error) instanceof StoreException failure)
                    || !failure.is(StoreError.ACCESSED_UNREADABLE)) {
                  kept.completeExceptionally(error);
                }
              });
      return kept;
    }

    private CompletableFuture<Transaction> onError(
        io.dgen.store.Transaction transaction, FDBException error) {
      handedOver = true;
      closed = true;
      Native next = new Native(shared, executor);
      StoreException failure = Failures.translate(error, false);
      shared.stamps.reset();
      return answer(() -> transaction.onError(failure).thenApply(done -> next.proxy()))
          .whenComplete(
              (renewed, refusal) -> {
                if (refusal != null) {
                  next.close();
                }
              });
    }

    private void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
        shared.transaction().close();
      }
    }

    /** The result as fdb-java gives it: later, on the executor, and with its own errors. */
    private <T> CompletableFuture<T> answer(Supplier<CompletableFuture<T>> operation) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      var unused =
          operation
              .get()
              .whenComplete(
                  (value, error) ->
                      executor.execute(
                          () -> {
                            if (error == null) {
                              answer.complete(value);
                            } else {
                              answer.completeExceptionally(asNative(error));
                            }
                          }));
      return answer;
    }

    private static Throwable asNative(Throwable error) {
      return Failures.cause(error) instanceof StoreException failure
          ? Failures.toNative(failure)
          : error;
    }
  }

  @FunctionalInterface
  private interface Methods {
    @Nullable Object call(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Methods methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                methods.call(method.getName(), arguments == null ? new Object[0] : arguments)));
  }
}
