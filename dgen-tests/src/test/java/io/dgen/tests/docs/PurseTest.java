package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.RefusedException;
import io.dgen.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;

/** The pages docs/errors-and-retries.md and docs/deleting.md say what is true. */
class PurseTest {

  private static String pay(PurseClient purse, int cents) {
    try {
      int left = purse.withdraw(cents);
      return "left: " + left;
    } catch (RefusedException e) {
      return e.code().equals("not-covered") ? "please top up" : e.text();
    }
  }

  @Test
  void refuses() {
    try (Dgen dgen = Dgen.open(MemoryStore.open()).host(PurseServer.of())) {
      PurseClient purse = PurseClient.of(dgen, "p");
      assertThat(pay(purse, 400)).isEqualTo("left: 600");
      assertThat(pay(purse, 700)).isEqualTo("please top up");
      assertThat(pay(purse, 600)).isEqualTo("left: 0");
      assertThatThrownBy(() -> purse.withdraw(1))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refusal -> assertThat(refusal.details()).containsEntry("missing", "1"));
      assertThatThrownBy(() -> purse.unlock(1)).hasMessage("wrong-pin: try again");
      assertThat(purse.wrongPins()).isOne();
      purse.unlock(Purse.PIN);
      assertThat(purse.wrongPins()).isZero();
    }
  }

  @Test
  void closes() {
    try (Dgen dgen = Dgen.open(MemoryStore.open()).host(PurseServer.of())) {
      PurseClient purse = PurseClient.of(dgen, "p");
      PurseClient bank = PurseClient.of(dgen, "bank");
      assertThat(purse.close()).isEqualTo(1000);
      await().until(() -> bank.withdraw(0) == 2000);
      assertThat(pay(purse, 1000)).isEqualTo("left: 0");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> purse.unlock(1)).hasMessage("wrong-pin: try again");
      }
      assertThatThrownBy(purse::close).hasMessage("blocked: call the bank");
      assertThat(purse.wrongPins()).isEqualTo(3);
    }
  }
}
