package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Id;
import io.dgen.annotations.Term;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server whose state has lists with ids, maps, and terms, in one another. */
@DistributedServer
interface Library {

  enum Shelf {
    NEW,
    OLD
  }

  record Page(int id, String text) {}

  record Book(@Id String title, long id, List<Page> pages) {}

  @Term
  record Position(double x, double y) {}

  record Reader(Shelf id, @Nullable Position position) {}

  record Counted(long count) {}

  record State(
      List<Book> books,
      Map<UUID, List<Page>> drafts,
      Map<Shelf, Reader> readers,
      Map<String, Long> words,
      Map<Long, Map<Byte, Counted>> nested,
      @Term List<Page> folded,
      @Term Map<String, Long> order,
      @Term @Nullable Counted whole,
      @Nullable Position position) {}

  record Replace(State state) implements Cast {}

  default State init() {
    return empty();
  }

  default State handleCast(Replace message, State state) {
    return message.state();
  }

  static State empty() {
    return new State(
        List.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Map.of(), null, null);
  }
}
