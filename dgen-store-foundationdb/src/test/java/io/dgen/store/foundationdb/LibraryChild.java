package io.dgen.store.foundationdb;

import com.apple.foundationdb.FDB;
import com.apple.foundationdb.FDBException;
import io.dgen.error.DgenException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** What a child JVM of {@link LibraryTest} does: it prints a line for each thing that it tried. */
public final class LibraryChild {

  static final String NO_LIBRARY = "no library";

  /** What to try. */
  enum Scenario {
    OPEN_THRICE,
    OPTIONS_AND_ERRORS,
    OTHER_API_VERSION
  }

  private LibraryChild() {}

  /** Argument: the scenario. */
  public static void main(String[] args) {
    switch (Scenario.valueOf(args[0])) {
      case OPEN_THRICE -> {
        open();
        open();
        open();
      }
      case OPTIONS_AND_ERRORS -> {
        FoundationDbOptions.builder().directory("a", "b").tags("t").build();
        Failures.translate(new CompletionException(new FDBException("", 1020)), true);
        Failures.translate(new FDBException("", 1021), true);
        print("ok");
      }
      case OTHER_API_VERSION -> {
        try {
          FDB.selectAPIVersion(710);
        } catch (LinkageError e) {
          print(NO_LIBRARY);
          return;
        }
        open();
      }
    }
  }

  private static void open() {
    try {
      FoundationDbStore.open(
              FoundationDbOptions.builder()
                  .clusterFile(Path.of("no such file"))
                  .connectTimeout(Duration.ofMillis(1))
                  .build())
          .close();
      print("opened");
    } catch (DgenException e) {
      print(e.toString());
    }
  }

  private static void print(String line) {
    System.out.println(line.replace('\n', ' '));
  }
}
