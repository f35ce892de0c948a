package io.dgen.store.foundationdb;

import com.apple.foundationdb.DatabaseOptions;
import io.dgen.internal.Durations;
import io.dgen.internal.overlay.StoreLimits;
import io.dgen.internal.store.Environments;
import io.dgen.store.Keys;
import io.dgen.store.TransactionOptions.Priority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link FoundationDbStore}: where it is, and how its transactions run. Immutable.
 *
 * <p>The {@link io.dgen.store.TransactionOptions} of a transaction take precedence over these.
 */
public final class FoundationDbOptions {

  /**
   * The defaults: the cluster file that the client finds by itself, the directory {@code dgen},
   * platform threads of the store's own for completions, no timeout, no bound on retries, 10,000
   * watches, 10 s to connect, and the client's own defaults except for one knob ({@link
   * Builder#knob}).
   */
  public static final FoundationDbOptions DEFAULT = builder().build();

  private final @Nullable Path clusterFile;
  private final List<String> directory;
  private final byte[] prefix;
  private final @Nullable Executor executor;
  private final Duration connectTimeout;
  private final @Nullable Duration transactionTimeout;
  private final int retryLimit;
  private final @Nullable Duration maxRetryDelay;
  private final Priority backgroundPriority;
  private final Set<String> tags;
  private final int maxWatches;
  private final NetworkSettings network;

  private FoundationDbOptions(Builder builder) {
    clusterFile = builder.clusterFile;
    directory = builder.directory;
    prefix = builder.prefix;
    executor = builder.executor;
    connectTimeout = builder.connectTimeout;
    transactionTimeout = builder.transactionTimeout;
    retryLimit = builder.retryLimit;
    maxRetryDelay = builder.maxRetryDelay;
    backgroundPriority = builder.backgroundPriority;
    tags = Set.copyOf(builder.tags);
    maxWatches = builder.maxWatches;
    network =
        new NetworkSettings(
            builder.tls, builder.knobs, builder.traceDirectory, builder.externalClientDirectory);
  }

  /**
   * Begins with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Nullable Path clusterFile() {
    return clusterFile;
  }

  String clusterFileText() {
    return clusterFile == null
        ? "the default cluster file (FDB_CLUSTER_FILE, ./fdb.cluster, or the system's)"
        : clusterFile.toString();
  }

  /** Returns the path of the directory; empty if the store has a prefix instead. */
  List<String> directory() {
    return directory;
  }

  byte[] prefix() {
    return prefix;
  }

  /** Returns the executor on which one store completes futures. */
  Executor executor() {
    return executor == null ? Environments.completions() : executor;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Priority backgroundPriority() {
    return backgroundPriority;
  }

  Set<String> tags() {
    return tags;
  }

  NetworkSettings network() {
    return network;
  }

  void applyTo(DatabaseOptions database) {
    if (transactionTimeout != null) {
      database.setTransactionTimeout(Connection.millis(transactionTimeout));
    }
    if (retryLimit >= 0) {
      database.setTransactionRetryLimit(retryLimit);
    }
    if (maxRetryDelay != null) {
      database.setTransactionMaxRetryDelay(Connection.millis(maxRetryDelay));
    }
    database.setMaxWatches(maxWatches);
  }

  /** Builds {@link FoundationDbOptions}. Not thread-safe. */
  public static final class Builder {

    private static final int MAX_TAGS = 5;
    private static final int MAX_TAG_BYTES = 16;
    private static final int MAX_WATCHES = 1_000_000;

    private @Nullable Path clusterFile;
    private List<String> directory = List.of("dgen");
    private byte[] prefix = {};
    private @Nullable Executor executor;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private @Nullable Duration transactionTimeout;
    private int retryLimit = -1;
    private @Nullable Duration maxRetryDelay;
    private Priority backgroundPriority = Priority.BATCH;
    private Set<String> tags = new LinkedHashSet<>();
    private int maxWatches = 10_000;
    private Tls tls = Tls.DEFAULT;
    private final Map<String, String> knobs = new LinkedHashMap<>();
    private @Nullable Path traceDirectory;
    private @Nullable Path externalClientDirectory;

    private Builder() {
      knobs.put("future_version_retry_delay", "0.001");
    }

    /**
     * Sets the cluster file, which says where the cluster is. By default the client uses the file
     * that the environment variable {@code FDB_CLUSTER_FILE} names, then {@code fdb.cluster} in the
     * working directory, then the system's file ({@code /etc/foundationdb/fdb.cluster} on Linux).
     * The client rewrites the file when the cluster's coordinators change, so the file must be
     * writable.
     *
     * @param file the cluster file
     * @return this builder
     */
    public Builder clusterFile(Path file) {
      clusterFile = file;
      return this;
    }

    /**
     * Sets the directory of FoundationDB's directory layer that holds the store. It is created if
     * it does not exist, and must contain nothing else. Every tool that uses the layer can find it,
     * and can move or remove it while no store is open.
     *
     * @param path the names from the root down, at least one
     * @return this builder
     * @throws IllegalArgumentException if the path is empty
     */
    public Builder directory(String... path) {
      if (path.length == 0) {
        throw new IllegalArgumentException(
            "the path of the directory is empty; pass at least one name, or use prefix(...)");
      }
      directory = List.of(path);
      prefix = new byte[0];
      return this;
    }

    /**
     * Sets the prefix of all keys of the store, instead of a directory. Nothing else may use keys
     * that begin with it, and it must not be a prefix of another store's prefix.
     *
     * @param bytes the prefix; may be empty if the cluster holds only this store
     * @return this builder
     * @throws IllegalArgumentException if the prefix begins with {@code 0xFE} or {@code 0xFF},
     *     which belong to the directory layer and to FoundationDB, or leaves no room for keys
     */
    public Builder prefix(byte[] bytes) {
      if (bytes.length > 0 && (bytes[0] & 0xFF) >= 0xFE) {
        throw new IllegalArgumentException(
            "the prefix "
                + Keys.printable(bytes)
                + " belongs to the directory layer or to FoundationDB; begin it with a byte other"
                + " than \\xfe and \\xff");
      }
      if (bytes.length > StoreLimits.KEY_SIZE / 2) {
        throw new IllegalArgumentException(
            "the prefix must have at most "
                + StoreLimits.KEY_SIZE / 2
                + " bytes, half a key; found "
                + bytes.length);
      }
      directory = List.of();
      prefix = bytes.clone();
      return this;
    }

    /**
     * Sets the executor that completes futures, and so runs the code that is attached to them. It
     * must run its tasks on threads of its own and never reject one: a task on the calling thread
     * would block FoundationDB's network thread, and a rejected one would leave its future
     * incomplete for ever. The store does not shut it down. Platform threads of the store's own by
     * default.
     *
     * @param tasks the executor
     * @return this builder
     * @throws IllegalArgumentException if it runs tasks on the calling thread
     */
    public Builder executor(Executor tasks) {
      CompletableFuture<Thread> ran = new CompletableFuture<>();
      tasks.execute(() -> ran.complete(Thread.currentThread()));
      if (ran.getNow(null) == Thread.currentThread()) {
        throw new IllegalArgumentException(
            "the executor "
                + tasks
                + " runs tasks on the thread that calls it, which would be FoundationDB's network"
                + " thread; use one that has threads of its own");
      }
      executor = tasks;
      return this;
    }

    /**
     * Sets how long {@link FoundationDbStore#open} waits for the cluster. 10 s by default.
     *
     * @param timeout positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = Durations.positive("connectTimeout", timeout);
      return this;
    }

    /**
     * Sets how long a transaction without a timeout of its own may take, including its retries. If
     * it expires during a commit, it is unknown whether the commit happened, and calls fail with
     * {@link io.dgen.error.OutcomeUnknownException}. There is none by default: transactions wait
     * until the cluster is available again.
     *
     * @param timeout positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder transactionTimeout(Duration timeout) {
      transactionTimeout = Durations.positive("transactionTimeout", timeout);
      return this;
    }

    /**
     * Sets how often a transaction without a limit of its own is retried. Conflicts are ordinary,
     * so a limit makes ordinary work fail under load. No limit by default.
     *
     * @param limit the number of retries; -1 for no limit
     * @return this builder
     * @throws IllegalArgumentException if it is less than -1
     */
    public Builder retryLimit(int limit) {
      if (limit < -1) {
        throw new IllegalArgumentException(
            "retryLimit must be at least 0, or -1 for no limit; found " + limit);
      }
      retryLimit = limit;
      return this;
    }

    /**
     * Sets the longest delay before a transaction is retried. The client's default is 1 s.
     *
     * @param delay positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxRetryDelay(Duration delay) {
      maxRetryDelay = Durations.positive("maxRetryDelay", delay);
      return this;
    }

    /**
     * Sets the priority of background work, such as sweeping. {@link Priority#BATCH}, the default,
     * gives way to all other work of the cluster, and pauses while the cluster is saturated.
     *
     * @param priority BATCH, or DEFAULT for no difference
     * @return this builder
     */
    public Builder backgroundPriority(Priority priority) {
      backgroundPriority = priority;
      return this;
    }

    /**
     * Sets the tags of all transactions, by which an operator or the cluster may throttle them
     * ({@code fdbcli}, {@code throttle}).
     *
     * @param names at most five, of at most 16 bytes each
     * @return this builder
     * @throws IllegalArgumentException if there are more, or one is empty or longer
     */
    public Builder tags(String... names) {
      Set<String> distinct = new LinkedHashSet<>(List.of(names));
      if (distinct.size() > MAX_TAGS) {
        throw new IllegalArgumentException(
            "a transaction can have at most " + MAX_TAGS + " tags; found " + distinct.size());
      }
      for (String name : distinct) {
        int size = name.getBytes(StandardCharsets.UTF_8).length;
        if (size == 0 || size > MAX_TAG_BYTES) {
          throw new IllegalArgumentException(
              "a tag must have 1 to "
                  + MAX_TAG_BYTES
                  + " bytes; found '"
                  + name
                  + "' of "
                  + size
                  + " bytes");
        }
      }
      tags = distinct;
      return this;
    }

    /**
     * Sets how many watches the store may have at once. A node needs one for each shard that it
     * owns (64 for each server that it hosts alone) and one more. Further watches fail with {@link
     * io.dgen.store.StoreError#TOO_MANY_WATCHES}, and work in those shards is found by polling.
     *
     * @param watches 1 to 1,000,000
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder maxWatches(int watches) {
      if (watches < 1 || watches > MAX_WATCHES) {
        throw new IllegalArgumentException(
            "maxWatches must be from 1 to " + MAX_WATCHES + "; found " + watches);
      }
      maxWatches = watches;
      return this;
    }

    /**
     * Sets the certificates, for all stores of the JVM.
     *
     * @param certificates the files and rules
     * @return this builder
     */
    public Builder tls(Tls certificates) {
      tls = certificates;
      return this;
    }

    /**
     * Sets a knob of the client, for all stores of the JVM. Knobs may change with every release of
     * FoundationDB. The client ignores a knob that it does not know or whose value it cannot parse,
     * and prints a line on standard error.
     *
     * <p>One is set by default: {@code future_version_retry_delay} is {@code 0.001} instead of the
     * client's 0.01. A watch that fires reads the new value at a version that the storage server
     * may not have reached yet, and then waits for this many seconds. Measured on one process, the
     * time from a commit to its watch falls from 13 ms to below 4 ms. Set the knob to {@code 0.01}
     * to restore the client's own default.
     *
     * @param name lower case, without the prefix {@code knob_}
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if the name is empty or has characters other than a to z, 0
     *     to 9 and _
     */
    public Builder knob(String name, String value) {
      if (!name.matches("[a-z0-9_]+")) {
        throw new IllegalArgumentException(
            "a knob's name must consist of a to z, 0 to 9 and _; found '" + name + "'");
      }
      knobs.put(name, value);
      return this;
    }

    /**
     * Sets where the client writes its trace files, for all stores of the JVM. It writes none by
     * default.
     *
     * @param traces an existing directory
     * @return this builder
     */
    public Builder traceDirectory(Path traces) {
      traceDirectory = traces;
      return this;
    }

    /**
     * Sets a directory with client libraries of other versions, for all stores of the JVM. With
     * them a process stays connected while the cluster is upgraded.
     *
     * @param libraries an existing directory
     * @return this builder
     * @see <a
     *     href="https://apple.github.io/foundationdb/api-general.html#multi-version-client-api">FoundationDB,
     *     multi-version client API</a>
     */
    public Builder externalClientDirectory(Path libraries) {
      externalClientDirectory = libraries;
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the options
     */
    public FoundationDbOptions build() {
      return new FoundationDbOptions(this);
    }
  }
}
