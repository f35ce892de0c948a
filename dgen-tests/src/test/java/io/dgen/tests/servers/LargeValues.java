package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Info;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** For sizes: messages, replies and a state that are as large as a test says. */
@DistributedServer
public interface LargeValues {

  record State(Map<String, byte[]> pages) {}

  record Paste(String page, byte[] picture) implements Cast {}

  /** As paste, past the queue. */
  record Stick(String page, byte[] picture) implements Info {}

  record Fill(String page, int length) implements Cast {}

  record Turn(String page) implements Call<Optional<byte[]>> {}

  record Echo(byte[] picture) implements Call<byte[]> {}

  record Draw(int length) implements Call<byte[]> {}

  /** Makes an empty page, and replies with something of a length. */
  record Print(String page, int length) implements Call<byte[]> {}

  record Weight() implements Call<Long> {}

  default State init() {
    return new State(Map.of());
  }

  default State handleCast(Paste message, State state) {
    return with(state, message.page(), message.picture());
  }

  default State handleInfo(Stick message, State state) {
    return with(state, message.page(), message.picture());
  }

  default State handleCast(Fill message, State state) {
    return with(state, message.page(), new byte[message.length()]);
  }

  default Reply<Optional<byte[]>, State> handleCall(Turn message, State state) {
    return reply(Optional.ofNullable(state.pages().get(message.page())), state);
  }

  default byte[] handleCall(Echo message, State state) {
    return message.picture();
  }

  default byte[] handleCall(Draw message, State state) {
    return new byte[message.length()];
  }

  default Reply<byte[], State> handleCall(Print message, State state) {
    return reply(new byte[message.length()], with(state, message.page(), new byte[0]));
  }

  default Long handleCall(Weight message, State state) {
    return state.pages().values().stream().mapToLong(picture -> picture.length).sum();
  }

  private static State with(State state, String page, byte[] picture) {
    Map<String, byte[]> pages = new HashMap<>(state.pages());
    pages.put(page, picture);
    return new State(pages);
  }
}
