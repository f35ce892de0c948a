package io.dgen.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.Failure;
import io.dgen.error.CallbackException;
import io.dgen.error.ChangeTooLargeException;
import io.dgen.error.DeadLetterException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.HugeChangeClient;
import io.dgen.tests.servers.HugeChangeServer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * A change that no transaction can hold cannot succeed however often it is tried: its message is
 * given up at once, by default too, and what waits behind it runs.
 */
class TooLargeChangeTest extends OnEveryStore {

  /** Items, of two keys each. */
  private static final int MANY = 50_000;

  private static final int FEW = 3;

  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

  private Dgen host() {
    return cluster
        .node(options -> options.toBuilder().failureListener(failures::add).build())
        .host(HugeChangeServer.of());
  }

  private void assertGivenUp(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("given up after 1 attempt")
        .hasMessageContaining("10,000,000 bytes")
        .hasMessageContaining("not retried");
  }

  @Test
  void aCastThatAddsTooManyItemsDoesNotBlockItsEntity() {
    HugeChangeClient huge = HugeChangeClient.of(host(), "h");
    huge.pile(FEW);
    huge.pile(MANY);
    huge.pile(FEW);
    assertThat(huge.count()).isEqualTo(2 * FEW);
    assertThat(huge.givenUp()).containsExactly("Pile " + MANY);
    assertThat(huge.entity().deadLetters().list(9).items())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.attempts()).isEqualTo(1);
              assertThat(letter.error())
                  .startsWith(ChangeTooLargeException.class.getName())
                  .contains("10,000,000 bytes")
                  .contains("send the entity itself a message for the rest");
            });
    await()
        .untilAsserted(
            () ->
                assertThat(failures)
                    .extracting(Failure::kind)
                    .containsExactly(Failure.Kind.ATTEMPT, Failure.Kind.DEAD_LETTER));
    assertThat(failures.element().reason().orElseThrow())
        .isInstanceOf(ChangeTooLargeException.class);
  }

  @Test
  void theSameFromAnotherNode() {
    host();
    HugeChangeClient huge = HugeChangeClient.of(cluster.node(), "h");
    huge.pile(FEW);
    huge.pile(MANY);
    huge.pile(FEW);
    assertThat(huge.count()).isEqualTo(2 * FEW);
    assertThat(huge.givenUp()).containsExactly("Pile " + MANY);
  }

  @Test
  void aTermOfMoreThanATransaction() {
    HugeChangeClient huge = HugeChangeClient.of(host(), "h");
    assertGivenUp(() -> huge.stuff(10_500));
    assertThat(huge.stuff(FEW)).isEqualTo(FEW);
  }

  @Test
  void tooManySends() {
    HugeChangeClient huge = HugeChangeClient.of(host(), "h");
    assertGivenUp(() -> huge.scatter("other", 100_000));
    // More than a transaction holds, which is seen when it is committed.
    assertGivenUp(() -> huge.scatter("other", 50_000));
    huge.scatter("other", FEW);
    HugeChangeClient other = HugeChangeClient.of(cluster.node(), "other");
    await().until(() -> other.count() == FEW);
  }

  @Test
  void theResultOfALock() {
    HugeChangeClient huge = HugeChangeClient.of(host(), "h");
    assertGivenUp(() -> huge.lift(MANY));
    assertThat(huge.lift(FEW)).isEqualTo(FEW);
    assertThat(huge.count()).isEqualTo(FEW);
  }

  @Test
  void pastTheQueueTheSenderIsTold() {
    HugeChangeClient huge = HugeChangeClient.of(host(), "h");
    assertThatThrownBy(() -> huge.rush(MANY))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("10,000,000 bytes")
        .hasCauseInstanceOf(ChangeTooLargeException.class);
    assertThat(huge.count()).isZero();
  }

  /** On a cluster each key has the prefix of the test, which is a long one. */
  @Test
  void manyThatFitAloneAreNotGivenUp() {
    HugeChangeClient huge = HugeChangeClient.of(host(), "h");
    List.of(huge.pileAsync(9_000), huge.pileAsync(9_000), huge.pileAsync(9_000))
        .forEach(it -> it.join());
    assertThat(huge.count()).isEqualTo(27_000);
    assertThat(failures).isEmpty();
  }
}
