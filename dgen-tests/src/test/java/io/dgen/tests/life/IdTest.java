package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ids are any text that can be a key; what cannot is refused before anything is written. */
class IdTest extends OnEveryStore {

  @Test
  void ofEveryKind() {
    Dgen host = cluster.host(JournalServer.of());
    Dgen sender = cluster.node();
    Stream.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\u00FF\uFFFF",
            "\uD83D\uDE00",
            "a/b\n\"c\"",
            "x".repeat(4096),
            "\0".repeat(2048),
            "\u20AC".repeat(1365))
        .forEach(
            id -> {
              JournalClient.of(host, id).note("s", 1);
              assertThat(JournalClient.of(sender, id).append("s", 2).position())
                  .as("id %s", id)
                  .isEqualTo(2);
            });
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void thatIsTooLong() {
    Dgen host = cluster.host(JournalServer.of());
    for (String id :
        new String[] {
          "x".repeat(4097), "\0".repeat(2049), "\u20AC".repeat(1366), "x".repeat(1_000_000)
        }) {
      assertThatThrownBy(() -> JournalClient.of(host, id))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Journal")
          .hasMessageContaining("4096")
          .message()
          .hasSizeLessThan(500);
    }
    assertThat(cluster.keys().of(KeyKind.QUEUE)).isEmpty();
    assertThat(cluster.keys().of(KeyKind.STATE)).isEmpty();
  }

  @Test
  void withHalfACharacter() {
    Dgen host = cluster.host(JournalServer.of());
    for (String id : new String[] {"\uD83D", "a\uDE00b", "\uDE00\uD83D"}) {
      assertThatThrownBy(() -> JournalClient.of(host, id))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Journal")
          .hasMessageContaining("surrogate");
    }
  }
}
