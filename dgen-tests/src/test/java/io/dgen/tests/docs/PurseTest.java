package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.error.RefusedException;
import io.dgen.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;

/** The refusals of docs/errors-and-retries.md are as the page says. */
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
}
