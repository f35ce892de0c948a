package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples print what they promise, and nothing else, in a JVM of their own. The first run of
 * each is also a matter of CI, by the README's command, so that most need only long runs here.
 */
class ExamplesTest {

  @TempDir Path directory;

  @Test
  void counterGoesOnWhereItEnded() throws Exception {
    assertThat(run("counter")).isEqualTo("visits = 2\n");
    assertThat(run("counter")).isEqualTo("visits = 4\n");
    assertThat(directory.resolve("data/counter")).isDirectory();
  }

  @Test
  @Tag("long")
  void guestbookGoesOnWhereItEnded() throws Exception {
    String guests = "Ada: A fine house.\nGrace: I shall come again.\n";

    assertThat(run("guestbook")).isEqualTo(guests);
    assertThat(run("guestbook")).isEqualTo(guests + guests);
    assertThat(directory.resolve("data/guestbook")).isDirectory();
  }

  @Test
  @Tag("long")
  void chatShowsTheLastMessages() throws Exception {
    String messages = "Ada: Hello! (liked: 1)\nGrace: Hello, Ada.\n";

    assertThat(run("chat")).isEqualTo(messages);
    assertThat(run("chat")).isEqualTo(messages);
  }

  @Test
  @Tag("long")
  void ordersReserveArePaidAndAreCancelled() throws Exception {
    String orders =
        """
        four orders, free lamps: 1
        the first is paid: true
        the second was not paid in time
        the third is paid: false
        paid: SHIPPED
        forgotten: CANCELLED
        too dear: CANCELLED
        late: OUT_OF_STOCK
        free lamps: 5, left: 2000
        """;

    assertThat(run("orders")).isEqualTo(orders);
    assertThat(run("orders")).isEqualTo(orders);
  }

  @Test
  @Tag("long")
  void transfersArriveOrComeBack() throws Exception {
    String transfers =
        """
        Ada pays Bob: true
        into a closed wallet: false
        too much: there are 7000 cents
        Ada has 7000 cents, Bob has 3000
        """;

    assertThat(run("transfer")).isEqualTo(transfers);
    assertThat(run("transfer")).isEqualTo(transfers);
  }

  @Test
  @Tag("long")
  void paymentsAreMadeOnceAndAgainWhenTheyWereGivenUp() throws Exception {
    String payments =
        """
        order-1: paid, reference ref-order-1
        order-1: sent again, reference ref-order-1
        the bank was asked 1 time(s)
        order-2: paid, reference ref-order-2
        the bank was asked 2 time(s)
        order-3: given up after 3 attempts
        dead letter: Pay[order=order-3, card=expired, cents=900]
        on the account: order-1, 4200 cents
        on the account: order-2, 1500 cents
        on the account: order-3, 900 cents
        """;

    assertThat(run("payments")).isEqualTo(payments);
    assertThat(run("payments")).isEqualTo(payments);
  }

  /** What a run prints, on both streams together. */
  private String run(String example) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                runtimeClassPath(),
                "io.dgen.examples." + example + ".Main")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(output).replace("\r\n", "\n");
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  /** The class path of the tests without their classes, whose log settings are others. */
  private static String runtimeClassPath() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(classPath.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
