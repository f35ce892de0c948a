package io.dgen.store;

import static io.dgen.store.StoreFixture.littleEndian;
import static io.dgen.store.StoreFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Ranges and selectors, over what is stored and own writes. */
interface RangeContract extends StoreFixture {

  byte[] ONE = littleEndian(1);

  @Test
  default void readsRangesInBothDirectionsWithLimits() {
    put("a", "b", "c", "d");
    try (Transaction transaction = store().createTransaction()) {
      assertThat(range(transaction, "b", "d", 0)).containsExactly("b", "c");
      assertThat(range(transaction, "a", "z", 2)).containsExactly("a", "b");
      assertThat(reverse(transaction, "a", "z", 0)).containsExactly("d", "c", "b", "a");
      assertThat(reverse(transaction, "a", "d", 2)).containsExactly("c", "b");
      assertThat(range(transaction, "c", "c", 0)).isEmpty();
      assertThat(range(transaction, "d", "a", 0)).isEmpty();
    }
  }

  @Test
  default void mergesOwnWritesIntoRanges() {
    put("a", "c", "e", "g", "i");
    put("n", littleEndian(1));
    try (Transaction transaction = store().createTransaction()) {
      transaction.set(key("b"), value("mine"));
      transaction.clear(key("c"));
      transaction.clear(key("e"), key("h"));
      transaction.set(key("f"), value("mine"));
      transaction.mutate(MutationType.ADD, key("n"), littleEndian(1));
      transaction.mutate(MutationType.ADD, key("o"), littleEndian(5));
      List<KeyValue> all = transaction.getRange(prefix(), end(), 0).join();
      assertThat(names(all)).containsExactly("a", "b", "f", "i", "n", "o");
      assertThat(all.get(2).value()).isEqualTo(value("mine"));
      assertThat(all.get(4).value()).isEqualTo(littleEndian(2));
      assertThat(all.get(5).value()).isEqualTo(littleEndian(5));
      assertThat(range(transaction, "a", "z", 3)).containsExactly("a", "b", "f");
      assertThat(reverse(transaction, "a", "n", 2)).containsExactly("i", "f");
      assertThat(names(transaction.snapshot().getRange(key("b"), key("j"), 0).join()))
          .containsExactly("b", "f", "i");
    }
  }

  @Test
  default void resolvesSelectors() {
    put("b", "d", "f");
    try (Transaction transaction = store().createTransaction()) {
      assertThat(find(transaction, KeySelector.firstGreaterOrEqual(key("b")))).isEqualTo("b");
      assertThat(find(transaction, KeySelector.firstGreaterThan(key("b")))).isEqualTo("d");
      assertThat(find(transaction, KeySelector.firstGreaterThan(key("c")))).isEqualTo("d");
      assertThat(find(transaction, KeySelector.lastLessThan(key("d")))).isEqualTo("b");
      assertThat(find(transaction, KeySelector.lastLessOrEqual(key("d")))).isEqualTo("d");
      assertThat(find(transaction, KeySelector.lastLessOrEqual(key("e")))).isEqualTo("d");
      assertThat(find(transaction, KeySelector.firstGreaterOrEqual(key("b")).add(2)))
          .isEqualTo("f");
      assertThat(find(transaction, KeySelector.lastLessThan(key("z")).add(-2))).isEqualTo("b");
      assertThat(find(transaction, KeySelector.lastLessThan(key("b")))).isEqualTo("<");
      assertThat(find(transaction, KeySelector.firstGreaterThan(key("f")))).isEqualTo(">");
      transaction.set(key("c"), value("mine"));
      transaction.clear(key("d"));
      assertThat(find(transaction, KeySelector.firstGreaterThan(key("b")))).isEqualTo("c");
      assertThat(find(transaction, KeySelector.firstGreaterThan(key("c")))).isEqualTo("f");
    }
  }

  @Test
  default void stopsAtTheEndsOfTheKeySpace() {
    put("a");
    try (Transaction transaction = store().createTransaction()) {
      byte[] last = {(byte) 0xFF};
      assertThat(transaction.getKey(KeySelector.lastLessThan(new byte[0])).join()).isEmpty();
      assertThat(transaction.getKey(KeySelector.firstGreaterOrEqual(last)).join()).isEqualTo(last);
      assertThat(
              transaction.getKey(KeySelector.firstGreaterOrEqual(key("a")).add(1_000_000)).join())
          .isEqualTo(last);
    }
  }

  @Test
  default void readsRangesBetweenSelectors() {
    put("a", "b", "c", "d", "e");
    try (Transaction transaction = store().createTransaction()) {
      KeySelector fromSecond = KeySelector.firstGreaterOrEqual(key("a")).add(1);
      KeySelector toLast = KeySelector.lastLessThan(key("z"));
      assertThat(names(transaction.getRange(fromSecond, toLast, 0, false).join()))
          .containsExactly("b", "c", "d");
      assertThat(names(transaction.getRange(fromSecond, toLast, 2, true).join()))
          .containsExactly("d", "c");
      assertThat(names(transaction.getRange(toLast, fromSecond, 0, false).join())).isEmpty();
    }
  }

  @Test
  default void refusesNegativeLimits() {
    try (Transaction transaction = store().createTransaction()) {
      assertThatThrownBy(() -> transaction.getRange(prefix(), end(), -1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("-1");
    }
  }

  @Test
  default void readsLongRanges() {
    store()
        .run(
            transaction -> {
              for (int i = 0; i < 5_000; i++) {
                transaction.set(key("%05d".formatted(i)), value("" + i));
              }
              return true;
            });
    try (Transaction transaction = store().createTransaction()) {
      List<KeyValue> all = transaction.getRange(prefix(), end(), 0).join();
      assertThat(all).hasSize(5_000);
      assertThat(all.get(4_999).value()).isEqualTo(value("4999"));
      transaction.clear(prefix(), end());
      transaction.commit().join();
    }
    try (Transaction transaction = store().createTransaction()) {
      assertThat(transaction.getRange(prefix(), end(), 0).join()).isEmpty();
    }
  }

  /** The embedded store clears many keys in another way, and keeps some kinds of keys apart. */
  @Test
  default void clearsLongRangesOfAllKindsOfKeys() {
    store()
        .run(
            transaction -> {
              for (int i = 0; i < 6_000; i++) {
                transaction.set(key(mixed(i)), littleEndian(i));
              }
              return true;
            });
    List<Integer> kept = List.of(0, 1, 5_998, 5_999);
    List<Integer> added = List.of(2, 3, 1_500, 1_501, 2_100, 2_101, 4_998, 4_999);
    store()
        .run(
            transaction -> {
              transaction.mutate(MutationType.ADD, key(mixed(1_500)), littleEndian(100_000));
              transaction.set(key(mixed(4_997)), value("set before"));
              transaction.clear(key(mixed(2)), key(mixed(5_998)));
              added.forEach(i -> transaction.mutate(MutationType.ADD, key(mixed(i)), ONE));
              transaction.set(key(mixed(5_000)), value("set"));
              return true;
            });
    List<String> expected = new ArrayList<>();
    kept.forEach(i -> expected.add(mixed(i)));
    added.forEach(i -> expected.add(mixed(i)));
    expected.add(mixed(5_000));
    expected.sort(null);
    try (Transaction transaction = store().createTransaction()) {
      assertThat(names(transaction.getRange(prefix(), end(), 0).join())).isEqualTo(expected);
      assertThat(reverse(transaction, "", "z", 0)).isEqualTo(expected.reversed());
      assertThat(reverse(transaction, "", "z", 3)).isEqualTo(expected.reversed().subList(0, 3));
      for (int i : added) {
        assertThat(transaction.get(key(mixed(i))).join()).as("%s", i).isEqualTo(ONE);
      }
      assertThat(transaction.get(key(mixed(4_997))).join()).isNull();
      assertThat(find(transaction, KeySelector.firstGreaterThan(key(mixed(3)))))
          .isEqualTo(mixed(1_500));
      assertThat(find(transaction, KeySelector.lastLessThan(key(mixed(1_501))).add(-1)))
          .isEqualTo(mixed(3));
    }
  }

  /** The name of a key with the shape of one of the engine's: every second one is a ready key. */
  private static String mixed(int number) {
    return "%04d\u0015%c".formatted(number, (char) (1 + number % 2));
  }

  @Test
  default void agreesWithAModel() {
    Random random = new Random(11);
    for (int round = 0; round < 40; round++) {
      NavigableSet<String> model = new TreeSet<>();
      store()
          .run(
              transaction -> {
                transaction.clear(prefix(), end());
                return true;
              });
      try (Transaction committed = store().createTransaction()) {
        change(committed, model, random);
        committed.commit().join();
      }
      try (Transaction transaction = store().createTransaction()) {
        change(transaction, model, random);
        for (int read = 0; read < 20; read++) {
          compare(transaction, model, random);
        }
      }
    }
  }

  private void change(Transaction transaction, NavigableSet<String> model, Random random) {
    for (int step = 0; step < 20; step++) {
      String name = letter(random);
      switch (random.nextInt(5)) {
        case 0 -> {
          transaction.clear(key(name));
          model.remove(name);
        }
        case 1 -> {
          String to = letter(random);
          if (name.compareTo(to) <= 0) {
            transaction.clear(key(name), key(to));
            model.subSet(name, to).clear();
          }
        }
        case 2 -> {
          transaction.mutate(MutationType.ADD, key(name), littleEndian(1));
          model.add(name);
        }
        default -> {
          transaction.set(key(name), value(name));
          model.add(name);
        }
      }
    }
  }

  private void compare(Transaction transaction, NavigableSet<String> model, Random random) {
    String from = letter(random);
    String to = letter(random);
    boolean reverse = random.nextBoolean();
    int limit = random.nextInt(6);
    List<String> expected =
        new ArrayList<>(from.compareTo(to) <= 0 ? model.subSet(from, to) : List.of());
    List<String> ordered = reverse ? expected.reversed() : expected;
    assertThat(
            names(
                transaction
                    .getRange(
                        KeySelector.firstGreaterOrEqual(key(from)),
                        KeySelector.firstGreaterOrEqual(key(to)),
                        limit,
                        reverse)
                    .join()))
        .isEqualTo(
            ordered.subList(0, limit == 0 ? ordered.size() : Math.min(limit, ordered.size())));
    int offset = random.nextInt(7) - 3;
    boolean orEqual = random.nextBoolean();
    List<String> all = List.copyOf(model);
    int at =
        (int)
                all.stream()
                    .filter(n -> orEqual ? n.compareTo(from) <= 0 : n.compareTo(from) < 0)
                    .count()
            - 1
            + offset;
    if (at >= 0 && at < all.size()) {
      assertThat(find(transaction, new KeySelector(key(from), orEqual, offset)))
          .isEqualTo(all.get(at));
    }
  }

  private static String letter(Random random) {
    return String.valueOf((char) ('a' + random.nextInt(16)));
  }

  private String find(ReadTransaction transaction, KeySelector selector) {
    return name(transaction.getKey(selector).join());
  }

  private List<String> reverse(ReadTransaction transaction, String begin, String end, int limit) {
    return names(
        transaction
            .getRange(
                KeySelector.firstGreaterOrEqual(key(begin)),
                KeySelector.firstGreaterOrEqual(key(end)),
                limit,
                true)
            .join());
  }
}
