package io.dgen.benchmarks;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;

/** A text, which is replaced as a whole. */
@DistributedServer
interface Note {

  record State(String text) {}

  record Write(String text) implements Call<Integer> {}

  default State init() {
    return new State("");
  }

  default Reply<Integer, State> handleCall(Write message, State state) {
    return reply(message.text().length(), new State(message.text()));
  }
}
