package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.ItemListClient;
import io.dgen.tests.servers.ItemListServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several messages of one round change is written as one difference. */
class SeveralChangesTest extends OnEveryStore {

  @Test
  void itemsThatAreTakenAndHungBackKeepTheirPlaces() {
    ItemListClient list = ItemListClient.of(cluster.host(ItemListServer.of()), "r");
    for (String coat : List.of("d", "c", "b", "a")) {
      list.hang(0, coat);
    }
    List<String> before = stateKeys();
    assertThat(before).hasSize(4);
    list.castAll(
        batch -> {
          batch.take("b");
          batch.take("c");
          batch.hang(1, "c");
          batch.hang(1, "b");
        });
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(stateKeys()).isEqualTo(before);
  }

  /** With their bytes, since the places are in the keys. */
  private List<String> stateKeys() {
    String root = Cluster.OPTIONS.root();
    byte[] prefix = root.getBytes(StandardCharsets.UTF_8);
    return cluster
        .store()
        .<List<KeyValue>>read(
            transaction -> transaction.getRange(prefix, Keys.prefixEnd(prefix), 0).join())
        .stream()
        .filter(row -> KeyKind.of(row.key(), prefix.length) == KeyKind.STATE)
        .map(row -> Keys.printable(row.key()))
        .toList();
  }
}
