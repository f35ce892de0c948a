package io.dgen.tests.generated;

import io.dgen.Cast;
import io.dgen.Info;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** Holds a server whose names could clash with what generated code uses. */
@SuppressWarnings("SameNameButDifferent") // Such names are what is tested.
final class Pool {

  private Pool() {}

  /** A callback for any server that adds to a list. */
  interface Adding<M, S> {
    S added(String text, S state);

    default S handleInfo(M message, S state) {
      return added(String.valueOf(message), state);
    }

    @Override
    String toString();
  }

  /** Nested, with an inherited callback, and records named as classes of java.lang and dgen. */
  @DistributedServer
  interface Names extends Adding<Names.Object, Names.State> {

    record State(List<java.lang.String> log) {}

    record Object(int entity) implements Info {}

    record String(
        int message, int state, int context, int dgen, int it, int id, int codec, int other)
        implements Cast {}

    record Override(int callbacks) implements Cast {}

    record Duration(long timeout) implements Cast {}

    record URLFetch(boolean now) implements Cast {}

    record Results(List<Duration> all) implements Cast {}

    record Objects(Object one) implements Cast {}

    record CompletableFuture() implements Cast {}

    default State init() {
      return new State(List.of());
    }

    @java.lang.Override
    default State added(java.lang.String text, State state) {
      List<java.lang.String> log = new ArrayList<>(state.log());
      log.add(text);
      return new State(log);
    }

    default State handleCast(String message, State state) {
      return added(message.toString(), state);
    }

    default State handleCast(Override message, State state) {
      return added(message.toString(), state);
    }

    default State handleCast(Duration message, State state) {
      return added(message.toString(), state);
    }

    default State handleCast(URLFetch message, State state) {
      return added(message.toString(), state);
    }

    default State handleCast(Results message, State state) {
      return added(message.toString(), state);
    }

    default State handleCast(Objects message, State state) {
      return added(message.toString(), state);
    }

    default State handleCast(CompletableFuture message, State state) {
      return added(message.toString(), state);
    }
  }
}
