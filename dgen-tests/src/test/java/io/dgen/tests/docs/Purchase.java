package io.dgen.tests.docs;

import static io.dgen.Results.lock;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Lock;
import io.dgen.LockedContext;
import io.dgen.LockedResult;
import io.dgen.Step;
import io.dgen.StepRetry;
import io.dgen.annotations.DistributedServer;
import io.dgen.examples.counter.CounterClient;
import java.io.IOException;
import java.util.List;

/** The purchase of the page on long work. */
@DistributedServer
public interface Purchase {

  record State(long paid, String receipt) {}

  record Pay(List<String> items, long cents) implements Call<String> {}

  record Charge() implements Step<String> {}

  record Reserve() implements Step<Boolean> {}

  record Notify() implements Step<Void> {}

  /** A service outside. */
  interface Shop {
    boolean reserve(String item);

    String charge(String key, long cents) throws IOException;

    void mail(String receipt);
  }

  Shop shop();

  default State init() {
    return new State(0, "");
  }

  default Lock<String, State> handleCall(Pay message, State state) {
    return lock(state);
  }

  default LockedResult<String, State> handleLocked(Pay message, State state, LockedContext context)
      throws IOException {
    PurchaseSteps steps = PurchaseSteps.in(context);
    for (String item : message.items()) {
      steps.reserve(item, () -> shop().reserve(item));
    }
    StepRetry retry = StepRetry.upTo(5).when(IOException.class::isInstance);
    PurchaseSteps patient = steps.retrying(retry);
    String receipt = patient.charge(step -> shop().charge(step.stepKey(), message.cents()));
    steps.notify(() -> shop().mail(receipt));
    return unlock(
        receipt,
        (now, update) -> {
          CounterClient.in(update, "sales").increment(1);
          return new State(now.paid() + message.cents(), receipt);
        });
  }
}
