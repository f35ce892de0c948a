package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.DeadLetter;
import io.dgen.Dgen;
import io.dgen.Failure.Kind;
import io.dgen.error.CallbackException;
import io.dgen.tests.servers.Careless;
import io.dgen.tests.servers.CarelessClient;
import io.dgen.tests.servers.CarelessServer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks that declare checked exceptions: one that they throw is a failure like any other. */
class CheckedExceptionTest extends FailingEntity {

  /** The callbacks that fail: the first two times, or always. */
  private final Set<String> failTwice = ConcurrentHashMap.newKeySet();

  private final Set<String> failAlways = ConcurrentHashMap.newKeySet();
  private CarelessClient careless;

  @BeforeEach
  void host() {
    Careless server =
        (callback, name, context) -> {
          if (failAlways.contains(callback)
              || (failTwice.contains(callback) && context.attempt() <= 2)) {
            throw new IOException(callback + " of " + name + " cannot read");
          }
        };
    Dgen node = node(policy -> policy.toBuilder().deadLetterThreshold(3).build());
    careless = CarelessClient.of(node.host(CarelessServer.of(server)), "c");
  }

  @Test
  void theMessageIsRetried() {
    failTwice.addAll(Set.of("handleCall", "handleCast", "handleLocked"));
    assertThat(careless.fetch("a")).isEqualTo(3);
    careless.store("b");
    assertThat(careless.print("c")).isEqualTo(3);
    assertThat(careless.done()).containsExactly("a", "b", "c");
    assertThat(failures)
        .hasSize(6)
        .allSatisfy(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.ATTEMPT);
              assertThat(failure.reason()).containsInstanceOf(IOException.class);
            });
    assertClean(0);
  }

  @Test
  void aMessageThatIsNotRetriedTellsItsSender() {
    failAlways.addAll(Set.of("handleInfo"));
    assertThatThrownBy(() -> careless.hear("a"))
        .isInstanceOf(CallbackException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("handleInfo of a cannot read");
    assertClean(0);
  }

  @Test
  void anEntityThatCannotBeginTellsTheSender() {
    failAlways.add("init");
    assertThatThrownBy(careless::done)
        .isInstanceOf(CallbackException.class)
        .hasRootCauseMessage("init of init cannot read");
    assertThatThrownBy(() -> careless.entity().reset())
        .isInstanceOf(CallbackException.class)
        .hasRootCauseMessage("init of init cannot read");
    assertClean(0);
  }

  @Test
  void theMessageIsGivenUpAtTheThreshold() {
    failAlways.add("handleCast");
    careless.store("a");
    assertThat(careless.done()).containsExactly("buried a");
    failAlways.add("handleDeadLetter");
    careless.store("b");
    assertThat(careless.done()).as("given up without its callback").containsExactly("buried a");
    List<? extends DeadLetter<?>> letters = careless.entity().deadLetters().list(9).items();
    assertThat(letters)
        .extracting(DeadLetter::error)
        .containsExactly(
            "java.io.IOException: handleCast of a cannot read",
            "java.io.IOException: handleCast of b cannot read");
    assertClean(2);
  }
}
