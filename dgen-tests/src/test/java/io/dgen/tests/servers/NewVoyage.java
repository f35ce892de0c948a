package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Lock;
import io.dgen.LockedContext;
import io.dgen.LockedResult;
import io.dgen.Step;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Renamed;

/** A later version of {@link Voyage}, whose step has another name. */
@DistributedServer(name = "Voyage", state = Voyage.State.class)
public interface NewVoyage {

  record Sail(String where) implements Call<String> {}

  @Renamed("Chart")
  record Plot() implements Step<String> {}

  default Voyage.State init() {
    throw new IllegalStateException("the entity exists");
  }

  default Lock<String, Voyage.State> handleCall(Sail message, Voyage.State state) {
    return lock(state);
  }

  default LockedResult<String, Voyage.State> handleLocked(
      Sail message, Voyage.State state, LockedContext context) {
    String plotted = NewVoyageSteps.in(context).plot(() -> "plotted again");
    return unlock(plotted, now -> now);
  }
}
