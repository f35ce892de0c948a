package io.dgen.examples.chat;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.annotations.DistributedServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A chat room. Its messages have an id, so each is stored under keys of its own: whoever posts,
 * edits or deletes one in a room of 10,000 writes that one.
 */
@DistributedServer
public interface Room {
  record Message(UUID id, String author, String text, int likes, Instant at) {}

  record State(List<Message> messages) {}

  record Post(UUID id, String author, String text) implements Cast {}

  record Edit(UUID id, String text) implements Cast {}

  record Like(UUID id) implements Cast {}

  record Delete(UUID id) implements Cast {}

  record Last(int count) implements Call<List<Message>> {}

  default State init() {
    return new State(List.of());
  }

  /** The sender makes the id: it can edit its message without asking which one it is. */
  default State handleCast(Post post, State state, Context context) {
    Message message = new Message(post.id(), post.author(), post.text(), 0, context.now());
    return new State(Stream.concat(state.messages().stream(), Stream.of(message)).toList());
  }

  default State handleCast(Edit edit, State state) {
    return changed(
        state,
        edit.id(),
        it -> new Message(it.id(), it.author(), edit.text(), it.likes(), it.at()));
  }

  default State handleCast(Like like, State state) {
    return changed(
        state,
        like.id(),
        it -> new Message(it.id(), it.author(), it.text(), it.likes() + 1, it.at()));
  }

  default State handleCast(Delete delete, State state) {
    return new State(
        state.messages().stream().filter(message -> !message.id().equals(delete.id())).toList());
  }

  default List<Message> handleCall(Last last, State state) {
    List<Message> all = state.messages();
    return all.subList(Math.max(0, all.size() - last.count()), all.size());
  }

  private static State changed(State state, UUID id, UnaryOperator<Message> change) {
    return new State(
        state.messages().stream()
            .map(message -> message.id().equals(id) ? change.apply(message) : message)
            .toList());
  }
}
