package io.dgen.store.foundationdb;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDB;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.directory.DirectoryLayer;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A store on a FoundationDB cluster, for any number of processes on any number of machines.
 * Thread-safe.
 *
 * <p>The native client library of FoundationDB, 7.3 or later, must be installed: the package {@code
 * foundationdb-clients}. It is loaded when the first store is opened. That also starts the client's
 * network thread, which all stores of a JVM share and which closing a store does not stop: it ends
 * with the JVM. Any number of stores may be open in one JVM, even of several clusters, if they use
 * the same knobs, TLS and directories ({@link FoundationDbOptions.Builder#knob}).
 *
 * <p>The store uses the cluster's keys with a given prefix, which {@link
 * FoundationDbOptions.Builder#directory} or {@link FoundationDbOptions.Builder#prefix} sets; a key
 * may have 10,000 bytes including the prefix. Two stores with the same prefix share their data.
 *
 * <p>Futures are completed on the executor of the options, by default platform threads of the
 * store; callers' continuations may block, though each blocked one occupies a thread.
 *
 * <p>Errors have FoundationDB's codes. A transaction without a timeout waits for an unreachable
 * cluster for as long as that takes.
 *
 * @see <a href="https://apple.github.io/foundationdb/developer-guide.html">FoundationDB developer
 *     guide</a>
 */
public final class FoundationDbStore implements Store {

  private final Connection connection;

  FoundationDbStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens the store in the directory {@code dgen} of the cluster that the client finds by default.
   *
   * @return the store
   * @throws DgenException as {@link #open(FoundationDbOptions)} does
   */
  public static FoundationDbStore open() {
    return open(FoundationDbOptions.DEFAULT);
  }

  /**
   * Opens a store with options.
   *
   * @param options sets the options, such as {@code it -> it.directory("orders")}
   * @return the store
   * @throws DgenException as {@link #open(FoundationDbOptions)} does
   */
  public static FoundationDbStore open(Consumer<? super FoundationDbOptions.Builder> options) {
    FoundationDbOptions.Builder builder = FoundationDbOptions.builder();
    options.accept(builder);
    return open(builder.build());
  }

  /**
   * Opens a store. Blocks until the cluster has responded.
   *
   * @param options where the store is, and the options of its transactions
   * @return the store
   * @throws DgenException if FoundationDB's library is missing or too old, if this JVM uses
   *     FoundationDB in another way, if the options are refused, or if the directory cannot be
   *     used; the message says what to do
   * @throws StoreException with {@link StoreError#TRANSACTION_TIMED_OUT} if the cluster does not
   *     respond within the options' connect timeout
   */
  public static FoundationDbStore open(FoundationDbOptions options) {
    Executor executor = options.executor();
    FDB fdb = Network.start(options.network());
    Database database = openDatabase(fdb, options, executor);
    try {
      options.applyTo(database.options());
      KeySpace keys = new KeySpace(locate(database, options, executor));
      return new FoundationDbStore(new Connection(database, executor, options, keys));
    } catch (RuntimeException e) {
      database.close();
      throw explain(e, options);
    } catch (Error e) {
      database.close();
      throw e;
    }
  }

  private static Database openDatabase(FDB fdb, FoundationDbOptions options, Executor executor) {
    Path file = options.clusterFile();
    try {
      return fdb.open(file == null ? null : file.toString(), executor);
    } catch (FDBException e) {
      throw refused(e, options);
    }
  }

  /**
   * Returns the prefix of the store's keys. Contacts the cluster in any case, so that it is known
   * to respond.
   */
  private static byte[] locate(Database database, FoundationDbOptions options, Executor executor) {
    return database.run(
        transaction -> {
          transaction.options().setTimeout(Connection.millis(options.connectTimeout()));
          CompletableFuture<byte[]> found =
              options.directory().isEmpty()
                  ? transaction.getReadVersion().thenApply(version -> options.prefix())
                  : DirectoryLayer.getDefault()
                      .createOrOpen(transaction, options.directory())
                      .thenApply(directory -> directory.getKey());
          return found.join();
        },
        executor);
  }

  private static RuntimeException explain(Throwable error, FoundationDbOptions options) {
    Throwable cause = Failures.cause(error);
    if (cause instanceof FDBException refusal) {
      return refused(refusal, options);
    }
    return new DgenException(
        "the directory "
            + options.directory()
            + " of the FoundationDB cluster of "
            + options.clusterFileText()
            + " cannot be used: "
            + cause.getMessage()
            + "; name another directory, which is not a partition, in FoundationDbOptions",
        cause,
        Effect.NONE);
  }

  private static DgenException refused(FDBException error, FoundationDbOptions options) {
    if (error.getCode() == StoreError.TRANSACTION_TIMED_OUT.code()) {
      return new StoreException(
          StoreError.TRANSACTION_TIMED_OUT,
          "the FoundationDB cluster of "
              + options.clusterFileText()
              + " has not responded within "
              + options.connectTimeout()
              + ": check whether it is available (fdbcli --exec status), whether its addresses can"
              + " be reached from here, whether both sides use TLS or neither does, and whether the"
              + " installed client library is of the cluster's version",
          error);
    }
    return new DgenException(
        "FoundationDB cannot open the cluster of "
            + options.clusterFileText()
            + ": "
            + error.getMessage()
            + " ("
            + error.getCode()
            + "); check the cluster file and the options of the store",
        error,
        Effect.NONE);
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return connection.begin(options);
  }

  /**
   * Closes the store: open transactions fail with {@link StoreError#STORE_CLOSED}. A commit in
   * progress may or may not happen. The network thread keeps running.
   */
  @Override
  public void close() {
    connection.close();
  }
}
