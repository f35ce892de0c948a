package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.CallbackException;
import io.dgen.codec.CodecException;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is stored was written by something else: the sender hears of whose bytes, and where. */
class CorruptionTest extends OnEveryStore {

  @Test
  void aStateThatCannotBeReadIsNamed() {
    CountersClient.of(cluster.host(CountersServer.of()), "c").add(1);
    cluster.closeNodes();
    byte[] root = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
    List<KeyValue> rows =
        cluster.store().run(tx -> tx.getRange(root, Keys.prefixEnd(root), 0).join());
    byte[] state =
        rows.stream()
            .map(KeyValue::key)
            .filter(key -> KeyKind.of(key, root.length) == KeyKind.STATE)
            .findFirst()
            .orElseThrow();
    cluster
        .store()
        .run(
            tx -> {
              tx.set(state, new byte[] {0x61, 'x'});
              return true;
            });
    CountersClient counter = CountersClient.of(cluster.host(CountersServer.of()), "c");
    assertThatThrownBy(counter::value)
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("the state of Counters(\"c\") cannot be made or read")
        .cause()
        .isInstanceOfSatisfying(
            CodecException.class,
            e -> {
              assertThat(e.entity()).isEqualTo("Counters(\"c\")");
              assertThat(e.path()).isEqualTo("Counters.State.value");
              assertThat(e.offset()).isZero();
              assertThat(e)
                  .hasMessage(
                      "Counters(\"c\"): Counters.State.value: expected a long, found a string (byte"
                          + " 0)");
            });
    CountersClient other = CountersClient.of(cluster.node(), "other");
    other.add(2);
    assertThat(other.value()).isEqualTo(2);
  }
}
