package io.dgen.store;

import static io.dgen.store.StoreFixture.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Atomic addition. */
interface AtomicContract extends StoreFixture {

  @Test
  default void addsToWhatIsMissing() {
    add("n", littleEndian(5));
    assertThat(stored("n")).isEqualTo(littleEndian(5));
  }

  @Test
  default void addsAndSubtracts() {
    add("n", littleEndian(1_000));
    add("n", littleEndian(-1));
    assertThat(stored("n")).isEqualTo(littleEndian(999));
  }

  @Test
  default void wrapsAround() {
    put("n", littleEndian(-1));
    add("n", littleEndian(2));
    assertThat(stored("n")).isEqualTo(littleEndian(1));
  }

  @Test
  default void takesTheWidthOfTheOperand() {
    put("short", new byte[] {(byte) 0xFF});
    add("short", new byte[] {1, 0, 0});
    assertThat(stored("short")).containsExactly(0, 1, 0);
    put("long", new byte[] {1, 1, 1, 1});
    add("long", new byte[] {1, 1});
    assertThat(stored("long")).containsExactly(2, 2);
    put("none", new byte[] {1});
    add("none", new byte[0]);
    assertThat(stored("none")).isEmpty();
  }

  @Test
  default void addsOfSeveralWidthsInOneTransactionHappenInOrder() {
    put("n", new byte[] {1, 1});
    store()
        .run(
            transaction -> {
              transaction.mutate(MutationType.ADD, key("n"), new byte[] {(byte) 0xFF});
              transaction.mutate(MutationType.ADD, key("n"), new byte[] {1, 1});
              assertThat(transaction.get(key("n")).join()).containsExactly(1, 1);
              return true;
            });
    assertThat(stored("n")).containsExactly(1, 1);
  }

  @Test
  default void losesNoAdditionOfSeveralThreads() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 8; thread++) {
        var unused =
            threads.submit(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    add("n", littleEndian(1));
                  }
                });
      }
    }
    assertThat(stored("n")).isEqualTo(littleEndian(400));
  }

  private void add(String name, byte[] operand) {
    store()
        .run(
            transaction -> {
              transaction.mutate(MutationType.ADD, key(name), operand);
              return true;
            });
  }
}
