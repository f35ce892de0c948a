package io.dgen.examples.chat;

import io.dgen.Dgen;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Three people in a chat room, at the same time. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Path directory = Path.of(args.length > 0 ? args[0] : "data/chat");
    try (Dgen dgen = Dgen.open(LocalStore.open(directory))) {
      dgen.host(RoomServer.of());
      RoomClient room = RoomClient.of(dgen, "lobby");

      UUID hello = UUID.randomUUID();
      UUID typo = UUID.randomUUID();
      UUID spam = UUID.randomUUID();
      room.post(hello, "Ada", "Hello!");
      room.post(typo, "Grace", "Helo, Ada.");
      room.post(spam, "Mallory", "Buy now!!!");

      // What one sender sends arrives in that order; nobody has to wait for each message.
      CompletableFuture.allOf(
              room.editAsync(typo, "Hello, Ada."), room.likeAsync(hello), room.deleteAsync(spam))
          .join();

      for (Room.Message message : room.last(2)) {
        String likes = message.likes() == 0 ? "" : " (liked: " + message.likes() + ")";
        System.out.println(message.author() + ": " + message.text() + likes);
      }
    }
  }
}
