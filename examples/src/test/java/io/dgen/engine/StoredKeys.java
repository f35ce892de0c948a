package io.dgen.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the engine has in a store, sorted by what it is for. Knows the format of the keys, so that a
 * test can say that nothing is left behind.
 */
record StoredKeys(
    List<String> state,
    List<String> queued,
    List<String> ready,
    List<String> replies,
    List<String> ofNodes,
    List<String> unknown) {

  private static final int ENTITY = 0;
  private static final int READY = 1;
  private static final int BUMP = 2;
  private static final int REPLY = 4;
  private static final int QUEUE = 17;

  /** What belongs to a node: mail, liveness, receipts. */
  private static final Set<Long> OF_NODES = Set.of(5L, 6L, 7L);

  /** Head, version, state, counters: what an entity keeps while it is idle. */
  private static final Set<Long> OF_IDLE_ENTITIES = Set.of(1L, 2L, 16L, 18L, 19L);

  static StoredKeys read(Store store, String root) {
    byte[] prefix = root.getBytes(StandardCharsets.UTF_8);
    StoredKeys found =
        new StoredKeys(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    List<KeyValue> rows =
        store.run(
            transaction ->
                transaction.snapshot().getRange(prefix, Keys.prefixEnd(prefix), 0).join());
    rows.forEach(row -> found.sort(row.key(), prefix.length));
    return found;
  }

  private void sort(byte[] key, int root) {
    Tuple tuple = Tuple.fromBytes(key, root, key.length - root);
    long kind = tuple.getLong(0);
    String text = tuple.toString();
    if (kind == ENTITY && tuple.getLong(3) == QUEUE) {
      queued.add(text);
    } else if (kind == ENTITY && OF_IDLE_ENTITIES.contains(tuple.getLong(3))) {
      state.add(text);
    } else if (kind == READY) {
      ready.add(text);
    } else if (kind == REPLY) {
      replies.add(text);
    } else if (OF_NODES.contains(kind)) {
      ofNodes.add(text);
    } else if (kind != BUMP) {
      unknown.add(text);
    }
  }

  /** Waits until no work is left: no message, no ready key, no reply. */
  static void awaitIdle(Supplier<StoredKeys> keys) {
    await()
        .untilAsserted(
            () -> {
              StoredKeys now = keys.get();
              assertThat(now.queued()).isEmpty();
              assertThat(now.ready()).isEmpty();
              assertThat(now.replies()).isEmpty();
            });
  }

  /** What is left when every node is closed and every queue empty: idle entities alone. */
  void assertOnlyIdleEntities() {
    assertThat(queued).as("queued messages").isEmpty();
    assertThat(ready).as("ready keys").isEmpty();
    assertThat(replies).as("replies").isEmpty();
    assertThat(ofNodes).as("keys of nodes").isEmpty();
    assertThat(unknown).as("keys of no known kind").isEmpty();
  }
}
