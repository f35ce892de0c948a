package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids are any text that can be a key; what cannot is refused before anything is written. */
class IdTest extends OnEveryStore {

  /** Ids that are easily mistaken for one another. */
  @Test
  @Durable
  void ofAnyCharacters() {
    List<String> ids =
        List.of(
            "",
            "\0",
            "\0\0",
            "a\0b",
            "a",
            "\u00e4",
            "a\u0308",
            "\uffff",
            "\ud83d\ude00",
            " ",
            "/",
            "\"",
            "\n",
            "a/b\n\"c\"",
            "\u00FF\uFFFF",
            "x".repeat(4_096),
            "\0".repeat(2048),
            "\u20AC".repeat(1365));
    cluster.host(CountersServer.of());
    for (int run = 1; run <= 2; run++) {
      Dgen host = cluster.host(CountersServer.of());
      Dgen sender = cluster.node();
      for (int i = 0; i < ids.size(); i++) {
        CountersClient.of(host, ids.get(i)).add(i + 1);
        CountersClient.of(sender, ids.get(i)).add(i + 1);
      }
      for (int i = 0; i < ids.size(); i++) {
        assertThat(CountersClient.of(host, ids.get(i)).value()).isEqualTo(2L * run * (i + 1));
        assertThat(CountersClient.of(sender, ids.get(i)).value()).isEqualTo(2L * run * (i + 1));
      }
      StoredKeys.awaitIdle(cluster::keys);
      cluster.restart();
    }
    cluster.keys().assertOnlyIdleEntities();
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
