package io.dgen.benchmarks;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A list of records with an id, stored item by item: each message changes one item. */
@DistributedServer
interface Roll {

  int STEP = 10_000;

  record Name(String id, long visits) {}

  record State(List<Name> names) {}

  record Edit(Kind kind, long number) implements Call<Integer> {}

  /** Brings the list nearer to a length, by as much as fits into a transaction. */
  record Fill(int length, long number) implements Call<Integer> {}

  enum Kind {
    APPEND,
    INSERT_FIRST,
    INSERT_MIDDLE,
    CHANGE,
    REMOVE;

    /** What a callback does to a copy of the list. */
    void apply(List<Name> names, long number) {
      int middle = names.size() / 2;
      switch (this) {
        case APPEND -> names.add(new Name("new " + number, 0));
        case INSERT_FIRST -> names.addFirst(new Name("new " + number, 0));
        case INSERT_MIDDLE -> names.add(middle, new Name("new " + number, 0));
        case CHANGE -> {
          Name old = names.get(middle);
          names.set(middle, new Name(old.id(), old.visits() + 1));
        }
        case REMOVE -> names.remove(middle);
      }
    }
  }

  default State init() {
    return new State(List.of());
  }

  default Reply<Integer, State> handleCall(Fill message, State state) {
    List<Name> names = new ArrayList<>(state.names());
    int missing = message.length() - names.size();
    if (missing > 0) {
      names.addAll(names(message.number(), Math.min(missing, STEP)));
    } else {
      names.subList(Math.max(message.length(), names.size() - STEP), names.size()).clear();
    }
    return reply(names.size(), new State(names));
  }

  default Reply<Integer, State> handleCall(Edit message, State state) {
    List<Name> names = new ArrayList<>(state.names());
    message.kind().apply(names, message.number());
    return reply(names.size(), new State(names));
  }

  /** New items. */
  static List<Name> names(long first, int count) {
    return LongStream.range(first, first + count).mapToObj(i -> new Name("name " + i, i)).toList();
  }
}
