package io.dgen.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.DeadLetter;
import io.dgen.Dgen;
import io.dgen.Failure;
import io.dgen.error.CallbackException;
import io.dgen.error.ChangeTooLargeException;
import io.dgen.error.DeadLetterException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.HugeInitClient;
import io.dgen.tests.servers.HugeInitServer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A first state that no transaction can hold: no message to its entity can run, and each is told
 * that it is {@code init}'s fault, and not its own.
 */
class TooLargeInitTest extends OnEveryStore {

  private static final int TOO_MUCH = 10_500;
  private static final int HALF = 6_000;
  private static final String BLAME = "the state that init of HugeInit(\"g\") returns is too large";

  private final AtomicInteger kilobytes = new AtomicInteger(TOO_MUCH);
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

  private Dgen host() {
    return cluster
        .node(options -> options.toBuilder().failureListener(failures::add).build())
        .host(HugeInitServer.of(kilobytes::get));
  }

  @Test
  void sendersOnItsOwnerAreTold() {
    HugeInitClient huge = HugeInitClient.of(host(), "g");
    assertThatThrownBy(huge::weigh)
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining(BLAME)
        .hasMessageContaining("10,000,000 bytes")
        .hasCauseInstanceOf(ChangeTooLargeException.class);
    assertThatThrownBy(() -> huge.feed(1))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining(BLAME);
    assertThatThrownBy(huge::poke)
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining(BLAME);
    assertThatThrownBy(huge.entity()::reset)
        .isInstanceOf(ChangeTooLargeException.class)
        .hasMessageContaining(BLAME);
    await().until(() -> failures.size() >= 3);
    assertThat(failures).extracting(Failure::kind).containsOnly(Failure.Kind.INIT);
    kilobytes.set(1);
    assertThat(huge.weigh()).isOne();
  }

  @Test
  void whatIsQueuedIsGivenUpAtOnce() {
    HugeInitClient huge = HugeInitClient.of(cluster.node(), "g");
    huge.feed(1);
    huge.feed(2);
    var unused = host();
    assertThatThrownBy(huge::weigh)
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("given up after 1 attempt")
        .hasMessageContaining(BLAME);
    assertThat(huge.entity().deadLetters().list(9).items())
        .extracting(DeadLetter::name)
        .containsExactly("Feed", "Feed", "Weigh");
    assertThat(huge.entity().deadLetters().list(9).items())
        .allSatisfy(
            letter -> {
              assertThat(letter.attempts()).isOne();
              assertThat(letter.error()).contains(BLAME);
            });
    kilobytes.set(1);
    assertThat(huge.entity().deadLetters().requeueAll()).isEqualTo(3);
    assertThat(huge.weigh()).isEqualTo(4);
  }

  /** A state that fits, and a message that makes too much of it. */
  @Test
  void aMessageThatIsAtFaultIsBlamed() {
    kilobytes.set(HALF);
    HugeInitClient huge = HugeInitClient.of(host(), "g");
    huge.feed(HALF);
    assertThat(huge.weigh()).isEqualTo(HALF);
    assertThat(huge.entity().deadLetters().list(9).items())
        .singleElement()
        .satisfies(
            letter -> assertThat(letter.error()).contains("what Feed to HugeInit(\"g\") changes"));
  }
}
