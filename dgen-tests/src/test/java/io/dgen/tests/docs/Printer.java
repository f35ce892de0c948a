package io.dgen.tests.docs;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyLater;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.From;
import io.dgen.Info;
import io.dgen.LockedResult;
import io.dgen.Query;
import io.dgen.ReplyLater;
import io.dgen.annotations.DistributedServer;
import java.util.List;
import java.util.stream.Stream;

/** The server of docs/callbacks.md: a printer, which is slow and sometimes jams. */
@DistributedServer
public interface Printer {
  record State(int sheets, List<String> failed, List<From<Integer>> waiting) {}

  record Print(String document) implements Call<Integer> {}

  record AwaitPaper() implements Call<Integer> {}

  record Sheets() implements Query<Integer> {}

  record Refill(int sheets) implements Cast {}

  record Empty() implements Info {}

  /** Returns the number of pages. A class that implements this interface knows how to print. */
  int printed(String document);

  default State init() {
    return new State(0, List.of(), List.of());
  }

  default int handleQuery(Sheets message, State state) {
    return state.sheets();
  }

  default CallResult<Integer, State> handleCall(Print message, State state) {
    return state.sheets() == 0 ? reply(0, state) : lock(state);
  }

  default LockedResult<Integer, State> handleLocked(Print message, State state) {
    int pages = printed(message.document()); // slow, and outside any transaction
    return unlock(pages, now -> new State(now.sheets() - pages, now.failed(), now.waiting()));
  }

  default State handleDeadLetter(Print message, State state, Context context) {
    String line = message.document() + ", given up after " + context.attempt() + " attempts";
    List<String> failed = Stream.concat(state.failed().stream(), Stream.of(line)).toList();
    return new State(state.sheets(), failed, state.waiting());
  }

  default ReplyLater<Integer, State> handleCall(
      AwaitPaper message, State state, From<Integer> caller) {
    List<From<Integer>> waiting =
        Stream.concat(state.waiting().stream(), Stream.of(caller)).toList();
    return replyLater(new State(state.sheets(), state.failed(), waiting));
  }

  default State handleCast(Refill message, State state, Context context) {
    int sheets = state.sheets() + message.sheets();
    for (From<Integer> caller : state.waiting()) {
      context.reply(caller, sheets);
    }
    return new State(sheets, state.failed(), List.of());
  }

  default State handleInfo(Empty message, State state) {
    return new State(0, state.failed(), state.waiting());
  }
}
