package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.codec.CodecException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Clumsy;
import io.dgen.tests.servers.ClumsyClient;
import io.dgen.tests.servers.ClumsyServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is clumsy in a user's code harms nobody but the one that it is about. */
class ClumsyTest extends OnEveryStore {

  @AfterEach
  void allow() {
    Clumsy.FORBIDDEN.clear();
  }

  /** Replies come one after another: one that cannot be read must not hold up the next. */
  @Test
  void aReplyThatFailsWithAnErrorWhenItIsReadFailsItsCallerAlone() {
    var unused = cluster.host(ClumsyServer.of());
    ClumsyClient clumsy = ClumsyClient.of(cluster.node(), "c");
    assertThatThrownBy(() -> clumsy.ask("fragile"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Ask to Clumsy(\"c\")")
        .hasMessageContaining("forbidden: fragile");
    assertThat(clumsy.ask("firm").text()).isEqualTo("firm");
    assertThat(clumsy.done()).containsExactly("fragile", "firm");
  }

  /** It may be another version's: it waits for a node that can read it, and says so. */
  @Test
  void aMessageThatFailsWithAnErrorWhenItIsReadWaits() {
    ClumsyClient clumsy = ClumsyClient.of(cluster.node(), "c");
    clumsy.tell(new Clumsy.Text("fragile"));
    Clumsy.FORBIDDEN.add("fragile");
    Dgen host = cluster.host(ClumsyServer.of());
    await()
        .untilAsserted(
            () ->
                assertThat(host.admin().entity("Clumsy", "c").status().first())
                    .hasValueSatisfying(
                        first -> {
                          assertThat(first.decodable()).isFalse();
                          assertThat(first.lastError()).contains("forbidden: fragile");
                        }));
    Clumsy.FORBIDDEN.clear();
    assertThat(clumsy.done()).containsExactly("fragile");
  }

  @Test
  void anInitThatLeavesItsThreadInterruptedDoesNotStopAReset() {
    ClumsyClient clumsy = ClumsyClient.of(cluster.host(ClumsyServer.of()), "c");
    clumsy.tell(new Clumsy.Text("before"));
    clumsy.entity().reset();
    assertThat(clumsy.done()).isEmpty();
  }

  @Test
  void anUpdateThatLeavesItsThreadInterruptedDoesNotKeepTheLock() {
    ClumsyClient clumsy = ClumsyClient.of(cluster.host(ClumsyServer.of()), "c");
    assertThat(clumsy.work("w")).isEqualTo("worked");
    assertThat(clumsy.done()).containsExactly("w");
  }
}
