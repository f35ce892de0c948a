package io.dgen.tests.servers;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;

/** What {@link Profile} was before its schema changed: a node of an older version. */
@DistributedServer(name = "Profile")
public interface OldProfile {

  record State(String name, String nick, int visits) {}

  record Rename(String name) implements Cast {}

  default State init() {
    return new State("nobody", "none", 0);
  }

  default State handleCast(Rename message, State state) {
    return new State(message.name(), state.nick(), state.visits() + 1);
  }
}
