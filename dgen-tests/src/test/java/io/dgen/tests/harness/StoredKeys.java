package io.dgen.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the engine has in a store, by what it is for: so that a test can say that nothing stays. */
public final class StoredKeys {

  private static final Set<KeyKind> WORK = Set.of(KeyKind.QUEUE, KeyKind.READY, KeyKind.REPLY);

  /** What is left when every node is closed and every queue is empty. */
  private static final Set<KeyKind> IDLE =
      Set.of(KeyKind.META, KeyKind.STATE, KeyKind.BUMP, KeyKind.RUNNING_TIME);

  private final Map<KeyKind, List<String>> keys = new EnumMap<>(KeyKind.class);

  private final Map<KeyKind, List<byte[]>> values = new EnumMap<>(KeyKind.class);

  private StoredKeys() {}

  static StoredKeys read(Store store, String root) {
    byte[] prefix = root.getBytes(StandardCharsets.UTF_8);
    List<KeyValue> rows =
        store.run(
            transaction ->
                transaction.snapshot().getRange(prefix, Keys.prefixEnd(prefix), 0).join());
    StoredKeys found = new StoredKeys();
    for (KeyValue row : rows) {
      found
          .values
          .computeIfAbsent(KeyKind.of(row.key(), prefix.length), kind -> new ArrayList<>())
          .add(row.value());
      found
          .keys
          .computeIfAbsent(KeyKind.of(row.key(), prefix.length), kind -> new ArrayList<>())
          .add(KeyKind.tuple(row.key(), prefix.length).toString());
    }
    return found;
  }

  /** The values of the keys of one kind. */
  public List<byte[]> values(KeyKind kind) {
    return values.getOrDefault(kind, List.of());
  }

  /** The keys of one kind. */
  public List<String> of(KeyKind kind) {
    return keys.getOrDefault(kind, List.of());
  }

  /** Waits until no work is left: no message, no ready key, no reply. */
  public static void awaitIdle(Supplier<StoredKeys> keys) {
    await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .untilAsserted(() -> assertThat(keys.get().keys).doesNotContainKeys(array(WORK)));
  }

  /** Nothing but idle entities is left, and what else they may have. */
  public void assertOnlyIdleEntities(KeyKind... others) {
    Set<KeyKind> allowed = EnumSet.copyOf(IDLE);
    allowed.addAll(List.of(others));
    assertThat(allowed).containsAll(keys.keySet());
  }

  private static KeyKind[] array(Set<KeyKind> kinds) {
    return kinds.toArray(KeyKind[]::new);
  }

  @Override
  public String toString() {
    return keys.toString();
  }
}
