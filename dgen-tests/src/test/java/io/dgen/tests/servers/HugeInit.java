package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Info;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** For a first state that no transaction holds: it is as large as the test says. */
@DistributedServer
public interface HugeInit {

  record State(List<String> kilobytes) {}

  record Feed(int kilobytes) implements Cast {}

  record Poke() implements Info {}

  record Weigh() implements Call<Integer> {}

  /** How large it is born, in kilobytes. */
  int kilobytes();

  default State init() {
    return new State(made(kilobytes()));
  }

  default State handleCast(Feed message, State state) {
    List<String> more = new ArrayList<>(state.kilobytes());
    more.addAll(made(message.kilobytes()));
    return new State(more);
  }

  default State handleInfo(Poke message, State state) {
    return state;
  }

  default Reply<Integer, State> handleCall(Weigh message, State state) {
    return reply(state.kilobytes().size(), state);
  }

  private static List<String> made(int kilobytes) {
    return Collections.nCopies(kilobytes, "x".repeat(1_000));
  }
}
