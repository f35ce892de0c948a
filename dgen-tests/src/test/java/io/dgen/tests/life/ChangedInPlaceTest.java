package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.error.CallbackException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.MutableStateClient;
import io.dgen.tests.servers.MutableStateServer;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/**
 * What a callback changes in place and returns is stored; what it changes in place before it throws
 * is not, and neither is what others change that got a part of the state.
 */
class ChangedInPlaceTest extends OnEveryStore {

  private static String all(int number) {
    return Collections.nCopies(15, number).toString();
  }

  /** What is in memory, and what is stored. */
  private void assertIs(int number) {
    MutableStateClient mutable = MutableStateClient.of(cluster.node(), "s");
    assertThat(mutable.read()).isEqualTo(all(number));
    cluster.closeNodes();
    mutable = MutableStateClient.of(cluster.host(MutableStateServer.of()), "s");
    assertThat(mutable.read()).isEqualTo(all(number));
  }

  @Test
  void isStored() {
    MutableStateClient mutable = MutableStateClient.of(cluster.host(MutableStateServer.of()), "s");
    assertThat(mutable.scratch()).isEqualTo(all(1));
    assertThat(mutable.scratchAndCount()).isEqualTo(all(2));
    assertThat(mutable.scratch()).isEqualTo(all(3));
    assertIs(3);
  }

  @Test
  void isStoredByMessagesOfOneRound() {
    MutableStateClient mutable = MutableStateClient.of(cluster.host(MutableStateServer.of()), "s");
    mutable.entity().pause("so that they wait for each other");
    for (int i = 0; i < 20; i++) {
      var unused = i % 2 == 0 ? mutable.scratchAsync() : mutable.scratchAndCountAsync();
    }
    mutable.entity().resume();
    assertThat(mutable.read()).isEqualTo(all(20));
    assertIs(20);
  }

  @Test
  void leavesNothingIfTheCallbackThrows() {
    MutableStateClient mutable = MutableStateClient.of(cluster.host(MutableStateServer.of()), "s");
    assertThat(mutable.scratch()).isEqualTo(all(1));
    assertThatThrownBy(mutable::shatter).isInstanceOf(CallbackException.class);
    assertThat(mutable.read()).isEqualTo(all(1));
    assertThat(mutable.scratch()).isEqualTo(all(2));
    assertIs(2);
  }

  @Test
  void aMessageIsAsItWasSentWhenItIsTriedAgain() {
    MutableStateClient mutable = MutableStateClient.of(cluster.host(MutableStateServer.of()), "s");
    assertThat(mutable.grind(new byte[] {5})).isEqualTo(6);
  }

  @Test
  void whoeverGetsAReplyDoesNotShareItWithTheState() {
    MutableStateClient mutable = MutableStateClient.of(cluster.host(MutableStateServer.of()), "s");
    mutable.share().getFirst()[0] = 9;
    assertThat(mutable.read()).isEqualTo(all(0));
    assertIs(0);
  }

  @Test
  void anActionDoesNotShareItEither() {
    MutableStateClient mutable = MutableStateClient.of(cluster.host(MutableStateServer.of()), "s");
    mutable.later();
    assertThat(mutable.later()).isEqualTo(all(0));
    assertIs(0);
  }
}
