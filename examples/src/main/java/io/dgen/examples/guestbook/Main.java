package io.dgen.examples.guestbook;

import io.dgen.Dgen;
import io.dgen.examples.guestbook.Guestbook.Entry;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.util.UUID;

/** Two guests sign the book at each run, and a third one changes his mind. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Path directory = Path.of(args.length > 0 ? args[0] : "data/guestbook");
    try (Dgen dgen = Dgen.open(LocalStore.open(directory))) {
      dgen.host(GuestbookServer.of());
      GuestbookClient book = GuestbookClient.of(dgen, "lobby");

      UUID regretted = UUID.randomUUID();
      book.sign(UUID.randomUUID(), "Ada", "A fine house.");
      book.sign(regretted, "Bob", "Too loud!");
      book.sign(UUID.randomUUID(), "Grace", "I shall come again.");
      book.remove(regretted);

      for (Entry entry : book.entries()) {
        System.out.println(entry.author() + ": " + entry.text());
      }
    }
  }
}
