package io.dgen.tests.docs;

import io.dgen.Cast;
import io.dgen.annotations.Default;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Renamed;
import java.util.List;

/** The server of docs/changing-types.md: its state is not what it was. */
@DistributedServer
public interface Catalogue {
  record State(
      @Renamed({"title", "label"}) String name, // was label, then title
      @Default("EUR") String currency, // a value, checked by the compiler
      @Default("noTags()") List<String> tags) { // a method, for what no text can say

    static List<String> noTags() {
      return List.of("new");
    }
  }

  record Rename(String name) implements Cast {}

  default State init() {
    return new State("", "EUR", State.noTags());
  }

  default State handleCast(Rename message, State state) {
    return new State(message.name(), state.currency(), state.tags());
  }
}
