package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.CallbackException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.SlabClient;
import io.dgen.tests.servers.SlabServer;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/**
 * What a callback changes in place and returns is stored; what it changes in place before it throws
 * is not, and neither is what others change that got a part of the state.
 */
class ChangedInPlaceTest extends OnEveryStore {

  private static String all(int number) {
    return Collections.nCopies(12, number).toString();
  }

  /** What is in memory, and what is stored. */
  private void assertIs(int number) {
    SlabClient slab = SlabClient.of(cluster.node(), "s");
    assertThat(slab.read()).isEqualTo(all(number));
    cluster.closeNodes();
    slab = SlabClient.of(cluster.host(SlabServer.of()), "s");
    assertThat(slab.read()).isEqualTo(all(number));
  }

  @Test
  void isStored() {
    SlabClient slab = SlabClient.of(cluster.host(SlabServer.of()), "s");
    assertThat(slab.scratch()).isEqualTo(all(1));
    assertThat(slab.scratchAndCount()).isEqualTo(all(2));
    assertThat(slab.scratch()).isEqualTo(all(3));
    assertIs(3);
  }

  @Test
  void isStoredByMessagesOfOneRound() {
    SlabClient slab = SlabClient.of(cluster.host(SlabServer.of()), "s");
    slab.pause("so that they wait for each other");
    for (int i = 0; i < 20; i++) {
      var unused = i % 2 == 0 ? slab.scratchAsync() : slab.scratchAndCountAsync();
    }
    slab.resume();
    assertThat(slab.read()).isEqualTo(all(20));
    assertIs(20);
  }

  @Test
  void leavesNothingIfTheCallbackThrows() {
    SlabClient slab = SlabClient.of(cluster.host(SlabServer.of()), "s");
    assertThat(slab.scratch()).isEqualTo(all(1));
    assertThatThrownBy(slab::shatter).isInstanceOf(CallbackException.class);
    assertThat(slab.read()).isEqualTo(all(1));
    assertThat(slab.scratch()).isEqualTo(all(2));
    assertIs(2);
  }

  @Test
  void aMessageIsAsItWasSentWhenItIsTriedAgain() {
    SlabClient slab = SlabClient.of(cluster.host(SlabServer.of()), "s");
    assertThat(slab.grind(new byte[] {5})).isEqualTo(6);
  }

  @Test
  void whoeverGetsAReplyDoesNotShareItWithTheState() {
    SlabClient slab = SlabClient.of(cluster.host(SlabServer.of()), "s");
    slab.share().getFirst()[0] = 9;
    assertThat(slab.read()).isEqualTo(all(0));
    assertIs(0);
  }

  @Test
  void anActionDoesNotShareItEither() {
    SlabClient slab = SlabClient.of(cluster.host(SlabServer.of()), "s");
    slab.later();
    assertThat(slab.later()).isEqualTo(all(0));
    assertIs(0);
  }
}
