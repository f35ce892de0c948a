package io.dgen.tests.servers;

import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.LockedResult;
import io.dgen.Reply;
import io.dgen.Results;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** For changes that no transaction holds: it takes as much at once as it is asked to. */
@DistributedServer
public interface HugeChange {

  record Thing(String id, long count) {}

  record State(List<Thing> things, List<String> texts, List<String> givenUp) {}

  /** Adds items, each of which has keys of its own. */
  record Pile(int count) implements Cast {}

  /** Adds to a list that is one term. */
  record Stuff(int texts) implements Call<Integer> {}

  /** Sends messages to another entity. */
  record Scatter(String to, int count) implements Call<Integer> {}

  /** Adds items under a lock. */
  record Lift(int count) implements Call<Integer> {}

  /** Adds items past the queue. */
  record Rush(int count) implements Info {}

  record Count() implements Call<Integer> {}

  record GivenUp() implements Call<List<String>> {}

  default State init() {
    return new State(List.of(), List.of(), List.of());
  }

  default State handleCast(Pile message, State state) {
    return piled(state, message.count());
  }

  default Reply<Integer, State> handleCall(Stuff message, State state) {
    String[] texts = new String[message.texts()];
    Arrays.fill(texts, "x".repeat(1_000));
    return reply(texts.length, new State(state.things(), List.of(texts), state.givenUp()));
  }

  default Reply<Integer, State> handleCall(Scatter message, State state, Context context) {
    for (int i = 0; i < message.count(); i++) {
      HugeChangeClient.in(context, message.to()).pile(1);
    }
    return reply(message.count(), state);
  }

  default CallResult<Integer, State> handleCall(Lift message, State state) {
    return Results.lock(state);
  }

  default LockedResult<Integer, State> handleLocked(Lift message, State state) {
    return unlock(message.count(), now -> piled(now, message.count()));
  }

  default State handleInfo(Rush message, State state) {
    return piled(state, message.count());
  }

  default Reply<Integer, State> handleCall(Count message, State state) {
    return reply(state.things().size(), state);
  }

  default Reply<List<String>, State> handleCall(GivenUp message, State state) {
    return reply(state.givenUp(), state);
  }

  default State handleDeadLetter(Pile message, State state) {
    List<String> names = new ArrayList<>(state.givenUp());
    names.add("Pile " + message.count());
    return new State(state.things(), state.texts(), names);
  }

  private static State piled(State state, int count) {
    List<Thing> things = new ArrayList<>(state.things());
    int first = things.size();
    IntStream.range(first, first + count).forEach(i -> things.add(new Thing("thing " + i, i)));
    return new State(things, state.texts(), state.givenUp());
  }
}
