package io.dgen.tests.harness;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.FailurePolicy;
import io.dgen.generated.ServerDescriptor;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The nodes of one test and the store that they share. */
public final class Cluster implements AutoCloseable {

  /**
   * Retries come fast, so that none is ever given up unless a test wants that; and a slow machine
   * does not fail a test by a timeout.
   */
  public static final DgenOptions OPTIONS =
      DgenOptions.builder()
          .closeStore(false)
          .timeout(Duration.ofSeconds(60))
          .firstRetryDelay(Duration.ofMillis(2))
          .maxRetryDelay(Duration.ofMillis(20))
          .failurePolicy(FailurePolicy.UNLIMITED)
          .build();

  private final TestStores stores;
  private final Path directory;
  private final List<Dgen> nodes = new ArrayList<>();
  private Store store;

  public Cluster(TestStores stores, Path directory) {
    this.stores = stores;
    this.directory = directory;
    this.store = stores.open(directory);
  }

  public Store store() {
    return store;
  }

  /** A node that only sends. */
  public Dgen node() {
    return node(options -> options);
  }

  public Dgen node(UnaryOperator<DgenOptions> options) {
    return node(store, options);
  }

  /** A node whose store is a wrapper around that of the others. */
  public Dgen node(Store wrapper, UnaryOperator<DgenOptions> options) {
    Dgen node = Dgen.open(wrapper, options.apply(OPTIONS));
    nodes.add(node);
    return node;
  }

  /** A node that hosts servers. */
  public Dgen host(ServerDescriptor<?, ?>... servers) {
    Dgen node = node();
    for (ServerDescriptor<?, ?> server : servers) {
      node.host(server);
    }
    return node;
  }

  /** Closes every node and the store, and opens the store again, which must keep its data. */
  public void restart() {
    if (!stores.keepsData()) {
      throw new IllegalStateException("mark the test with @Durable: it needs a store on disk");
    }
    closeNodes();
    store.close();
    store = stores.open(directory);
  }

  /** Closes and forgets a node whose store was cut off: to the node it is closed. */
  public void crashed(Dgen node) {
    nodes.remove(node);
    node.close();
  }

  /** Forgets a node that is closed elsewhere, or can never be. */
  public void forget(Dgen node) {
    nodes.remove(node);
  }

  public void closeNodes() {
    nodes.forEach(Dgen::close);
    nodes.clear();
  }

  /** Stores a value under a key of the nodes, as damage does. */
  public void set(byte[] key, byte[] value) {
    store.run(
        tx -> {
          tx.set(key, value);
          return true;
        });
  }

  /** The keys of one kind, in order, as they are stored. */
  public List<byte[]> rawKeys(KeyKind kind) {
    byte[] prefix = OPTIONS.root().getBytes(StandardCharsets.UTF_8);
    return store
        .run(
            transaction ->
                transaction.snapshot().getRange(prefix, Keys.prefixEnd(prefix), 0).join())
        .stream()
        .map(KeyValue::key)
        .filter(key -> KeyKind.of(key, prefix.length) == kind)
        .toList();
  }

  /** What is stored under the nodes' root. */
  public StoredKeys keys() {
    return StoredKeys.read(store, OPTIONS.root());
  }

  @Override
  public void close() {
    closeNodes();
    stores.clear(store);
    store.close();
  }
}
