package io.dgen.examples.guestbook;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A book that guests sign. */
@DistributedServer
public interface Guestbook {
  record Entry(UUID id, String author, String text, Instant at) {}

  record State(List<Entry> entries) {}

  record Sign(UUID id, String author, String text) implements Cast {}

  record Remove(UUID id) implements Cast {}

  record Entries() implements Call<List<Entry>> {}

  default State init() {
    return new State(List.of());
  }

  /** The sender makes the id, so that it can name the entry later without asking for it. */
  default State handleCast(Sign message, State state, Context context) {
    Entry entry = new Entry(message.id(), message.author(), message.text(), context.now());
    return new State(Stream.concat(state.entries().stream(), Stream.of(entry)).toList());
  }

  default State handleCast(Remove message, State state) {
    return new State(
        state.entries().stream().filter(entry -> !entry.id().equals(message.id())).toList());
  }

  default Reply<List<Entry>, State> handleCall(Entries message, State state) {
    return reply(state.entries(), state);
  }
}
