package io.dgen.store.local;

import io.dgen.error.DgenException;
import io.dgen.store.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The main program of a child JVM. */
final class StoreProcess {

  /** The mode "hold", with a directory for the native library. */
  private static final String NATIVE = "native=";

  private StoreProcess() {}

  /** Takes a mode and a directory. */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("lock")) {
      System.out.println(isLocked(Path.of(args[1])) ? "locked" : "free");
      return;
    }
    LocalStoreOptions options =
        args[0].startsWith(NATIVE)
            ? LocalStoreOptions.builder()
                .nativeDirectory(Path.of(args[0].substring(NATIVE.length())))
                .build()
            : LocalStoreOptions.DEFAULT;
    try (Store store = LocalStore.open(Path.of(args[1]), options)) {
      switch (args[0].startsWith(NATIVE) ? "hold" : args[0]) {
        case "commit" -> commitForever(store);
        case "fill" -> {
          LocalStoreDamageTest.fill(store);
          System.out.println("filled");
          int unused = System.in.read();
        }
        case "hold" -> {
          System.out.println("open");
          int unused = System.in.read();
        }
        default -> throw new IllegalArgumentException(args[0]);
      }
    } catch (DgenException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Whether another process has locked any byte of a file, as the system sees it. */
  private static boolean isLocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    }
  }

  /** Commits numbered keys, each after the last that is there, and prints each acknowledged one. */
  private static void commitForever(Store store) {
    long next =
        store
            .read(transaction -> transaction.getRange(new byte[0], new byte[] {-1}, 0).join())
            .size();
    while (true) {
      byte[] key = MixedKeys.key(next);
      store.run(
          transaction -> {
            transaction.set(key, key);
            return true;
          });
      System.out.println(next++);
    }
  }
}
