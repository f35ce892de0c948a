package io.dgen.store.model;

import io.dgen.store.KeySelector;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads one answer over random rows and own writes, and then tries every single write of another
 * transaction: one that changes the answer must conflict, and one that is outside of all that the
 * read looked at must not.
 */
public final class Phantoms {

  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g");

  /** They are never written, and keep selectors inside. */
  private static final List<String> GUARDS =
      IntStream.range(10, 25).boxed().flatMap(i -> Stream.of("!" + i, "~" + i)).toList();

  private final Store store;
  private final byte[] prefix;
  private final boolean isExact;
  private int changed;
  private int apart;

  /**
   * Makes one.
   *
   * @param store the store under test
   * @param prefix of the keys to use
   * @param isExact whether a conflict that the model cannot explain is a fault
   */
  public Phantoms(Store store, byte[] prefix, boolean isExact) {
    this.store = store;
    this.prefix = prefix;
    this.isExact = isExact;
  }

  private record Read(
      String what,
      Function<View, View.Answer> model,
      Function<ReadTransaction, CompletableFuture<?>> store) {}

  /**
   * Tries the reads of some seeds.
   *
   * @return how much was tried
   * @throws AssertionError at the first answer that could change without a conflict
   */
  public String run(long firstSeed, long seeds) {
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      Random random = new Random(seed);
      byte[] own = Keys.join(prefix, KeyShapes.number(seed));
      Trial trial = new Trial(own, random);
      trial.run(seed);
    }
    return changed + " writes that change an answer, " + apart + " that are apart from it";
  }

  private final class Trial {

    private final byte[] own;
    private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Write> writes = new ArrayList<>();
    private final Random random;
    private final Read read;

    Trial(byte[] own, Random random) {
      this.own = own;
      this.random = random;
      GUARDS.forEach(name -> rows.put(key(name), new byte[] {1}));
      NAMES.stream()
          .filter(name -> random.nextBoolean())
          .forEach(name -> rows.put(key(name), new byte[] {1}));
      for (int i = random.nextInt(4); i > 0; i--) {
        writes.add(write(random));
      }
      read = read(random);
    }

    void run(long seed) {
      try (Transaction transaction = store.createTransaction()) {
        rows.forEach(transaction::set);
        transaction.commit().join();
      }
      View.Answer before = read.model.apply(new View(rows, writes, 0));
      for (Write other : others()) {
        NavigableMap<byte[], byte[]> after = new TreeMap<>(rows);
        other.apply(after, new byte[10]);
        Object now = read.model.apply(new View(after, writes, 0)).value();
        boolean changes = !now.equals(before.value());
        Span span = other.written(new byte[10]);
        boolean isApart =
            isExact && random.nextInt(8) == 0 && !Span.around(before.examined()).meets(span);
        if (changes || isApart) {
          check(seed, other, changes, before.value() + " becomes " + now);
        }
      }
    }

    private void check(long seed, Write other, boolean changes, String how) {
      boolean conflicts;
      try (Transaction reader = store.createTransaction();
          Transaction writer = store.createTransaction()) {
        reader.getReadVersion().join();
        writes.forEach(write -> apply(write, reader));
        read.store.apply(reader).join();
        apply(other, writer);
        writer.commit().join();
        reader.set(Keys.join(prefix, new byte[] {(byte) 0xFE}), new byte[0]);
        conflicts = conflicts(reader);
      }
      if (conflicts != changes) {
        throw new AssertionError(
            ("seed "
                    + seed
                    + ": "
                    + read.what
                    + " over "
                    + writes
                    + " in "
                    + named()
                    + (changes ? " does not conflict with " : " conflicts with ")
                    + other
                    + ": "
                    + how)
                .replace(Keys.printable(own), ""));
      }
      changed += changes ? 1 : 0;
      apart += changes ? 0 : 1;
      try (Transaction undo = store.createTransaction()) {
        undo.clear(own, Keys.prefixEnd(own));
        rows.forEach(undo::set);
        undo.commit().join();
      }
    }

    private List<String> named() {
      return NAMES.stream().filter(name -> rows.containsKey(key(name))).toList();
    }

    /** Every single write among the names. */
    private List<Write> others() {
      List<Write> others = new ArrayList<>();
      for (int from = 0; from < NAMES.size(); from++) {
        byte[] key = key(NAMES.get(from));
        others.add(new Write.Put(key, new byte[] {2}));
        others.add(new Write.Put(Keys.after(key), new byte[] {2}));
        others.add(new Write.Add(key, new byte[] {1}));
        others.add(new Write.Clear(Span.point(key)));
        others.add(new Write.StampedKey(key, new byte[0], new byte[] {2}));
        others.add(new Write.StampedValue(key, new byte[] {2}, new byte[0]));
        for (int to = from + 1; to < NAMES.size(); to++) {
          others.add(new Write.Clear(new Span(key, key(NAMES.get(to)))));
        }
      }
      return others;
    }

    private Write write(Random random) {
      byte[] key = key(name(random));
      byte[] other = key(name(random));
      return switch (random.nextInt(4)) {
        case 0 -> new Write.Put(key, new byte[] {3});
        case 1 -> new Write.Add(key, new byte[] {3});
        case 2 -> new Write.Clear(Span.point(key));
        default ->
            Arrays.compareUnsigned(key, other) <= 0
                ? new Write.Clear(new Span(key, other))
                : new Write.Clear(new Span(other, key));
      };
    }

    private Read read(Random random) {
      byte[] key = key(name(random));
      KeySelector selector = selector(random);
      return switch (random.nextInt(8)) {
        case 0 ->
            new Read("get " + Keys.printable(key), view -> view.get(key), reads -> reads.get(key));
        case 1 ->
            new Read(
                "getKey " + selector,
                view -> view.getKey(selector),
                reads -> reads.getKey(selector));
        case 2, 3 -> range(selector, selector(random), random.nextInt(4), random.nextBoolean());
        default -> across(random);
      };
    }

    private Read range(KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return new Read(
          "getRange " + begin + " to " + end + " limit " + limit + (reverse ? " reverse" : ""),
          view -> view.getRange(begin, end, limit, reverse),
          reads -> reads.getRange(begin, end, limit, reverse));
    }

    /**
     * A range one bound of which is counted from beyond the other one, past all that is between.
     */
    private Read across(Random random) {
      byte[] one = key(name(random));
      byte[] other = key(name(random));
      byte[] low = Arrays.compareUnsigned(one, other) <= 0 ? one : other;
      byte[] high = Arrays.equals(low, one) ? other : one;
      int between = new View(rows, writes, 0).rows().subMap(low, high).size();
      int more = random.nextInt(3);
      int limit = 1 + random.nextInt(3);
      return random.nextBoolean()
          ? range(
              KeySelector.firstGreaterOrEqual(high),
              KeySelector.firstGreaterOrEqual(low).add(between + more),
              limit,
              random.nextInt(4) == 0)
          : range(
              KeySelector.lastLessThan(high).add(-between - more),
              KeySelector.firstGreaterOrEqual(low),
              limit,
              random.nextInt(4) != 0);
    }

    private KeySelector selector(Random random) {
      byte[] key = key(name(random));
      return random.nextInt(3) == 0
          ? KeySelector.firstGreaterOrEqual(key)
          : new KeySelector(key, random.nextBoolean(), random.nextInt(8) - 3);
    }

    private static String name(Random random) {
      return NAMES.get(random.nextInt(NAMES.size()));
    }

    private byte[] key(String name) {
      return Keys.join(own, KeyShapes.key(name));
    }
  }

  private static void apply(Write write, Transaction transaction) {
    switch (write) {
      case Write.Put put -> transaction.set(put.key(), put.value());
      case Write.Add add -> transaction.mutate(MutationType.ADD, add.key(), add.operand());
      case Write.Clear clear -> transaction.clear(clear.span().begin(), clear.span().end());
      case Write.StampedKey stamped ->
          transaction.mutate(
              MutationType.SET_VERSIONSTAMPED_KEY,
              Write.template(stamped.before(), stamped.behind()),
              stamped.value());
      case Write.StampedValue stamped ->
          transaction.mutate(
              MutationType.SET_VERSIONSTAMPED_VALUE,
              stamped.key(),
              Write.template(stamped.before(), stamped.behind()));
    }
  }

  private static boolean conflicts(Transaction transaction) {
    try {
      transaction.commit().join();
      return false;
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException failure && failure.is(StoreError.NOT_COMMITTED)) {
        return true;
      }
      throw e;
    }
  }
}
