package io.dgen.tests.codec;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** A server with a list that is too long to be written in one transaction. */
@DistributedServer
interface Shelf {

  record Item(long id, long value) {}

  record State(List<Item> items) {}

  record Fill(int count) implements Cast {}

  record Move(int from, int to) implements Cast {}

  record Set(int at, long value) implements Cast {}

  record Items() implements Call<List<Item>> {}

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Fill message, State state) {
    List<Item> items = new ArrayList<>(state.items());
    for (int i = 0; i < message.count(); i++) {
      items.add(new Item(items.size(), 1));
    }
    return new State(items);
  }

  default State handleCast(Move message, State state) {
    List<Item> items = new ArrayList<>(state.items());
    items.add(message.to(), items.remove(message.from()));
    return new State(items);
  }

  default State handleCast(Set message, State state) {
    List<Item> items = new ArrayList<>(state.items());
    items.set(message.at(), new Item(items.get(message.at()).id(), message.value()));
    return new State(items);
  }

  default Reply<List<Item>, State> handleCall(Items message, State state) {
    return reply(state.items(), state);
  }
}
