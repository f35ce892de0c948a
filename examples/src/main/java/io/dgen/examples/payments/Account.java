package io.dgen.examples.payments;

import static io.dgen.Results.lock;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Id;
import java.util.List;
import java.util.stream.Stream;

/** A customer's account, which pays for orders by card. */
@DistributedServer
public interface Account {
  record Payment(@Id String order, long cents, String reference) {}

  record State(List<Payment> payments) {}

  record Pay(String order, String card, long cents) implements Call<String> {}

  record Payments() implements Call<List<Payment>> {}

  default State init() {
    return new State(List.of());
  }

  /** Locks the account: what is sent to it from now on waits until the bank has answered. */
  default Lock<String, State> handleCall(Pay message, State state) {
    return lock(state);
  }

  /**
   * Asks the bank, outside any transaction, so it may take its time. If it fails it is tried again,
   * and so it is if this process dies: the bank must know that it is the same order.
   */
  LockedResult<String, State> handleLocked(Pay message, State state);

  default List<Payment> handleCall(Payments message, State state) {
    return state.payments();
  }

  /** The account of customers of a bank. */
  final class AtBank implements Account {

    private final Bank bank;

    AtBank(Bank bank) {
      this.bank = bank;
    }

    @Override
    public LockedResult<String, State> handleLocked(Pay message, State state) {
      String reference = bank.charge(message.order(), message.card(), message.cents());
      Payment payment = new Payment(message.order(), message.cents(), reference);
      return unlock(reference, current -> paid(current, payment));
    }

    private static State paid(State state, Payment payment) {
      return new State(Stream.concat(state.payments().stream(), Stream.of(payment)).toList());
    }
  }
}
