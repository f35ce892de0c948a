package io.dgen.store.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out steps on a store and on the model, and compares what they answer.
 *
 * <p>A transaction asks for its read version before its first read, so that it is known which
 * snapshot it sees: a store may answer a read of an own write without one.
 */
final class History {

  /**
   * The names of plain keys. The first and the last are never written, and keep selectors inside.
   */
  private static final List<String> NAMES =
      List.of("a", "b", "ba", "c", "d", "da", "e", "f", "q", "r");

  private static final int GUARDS = 6;

  private final Store store;
  private final byte[] prefix;
  private final Tally tally;
  private final Model model = new Model();
  private final @Nullable Open[] slots = new Open[3];
  private final List<Watched> watches = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private int begun;
  private long highestReadVersion;

  History(Store store, byte[] prefix, Tally tally) {
    this.store = store;
    this.prefix = prefix;
    this.tally = tally;
  }

  /** Counts what happened, to show that the interesting things do. */
  static final class Tally {
    private final boolean isExact;
    int commits;
    int conflicts;
    int needlessConflicts;
    int undecided;
    int unreadable;
    int stampedClears;
    int fired;
    int tooOld;

    /**
     * Begins to count.
     *
     * @param isExact whether a conflict that the model cannot explain is a fault
     */
    Tally(boolean isExact) {
      this.isExact = isExact;
    }

    boolean isExact() {
      return isExact;
    }

    /** Fails if histories have become so tame that they prove nothing. */
    void check(long seeds) {
      long least = Math.min(commits, Math.min(conflicts, Math.min(undecided, stampedClears)));
      if (seeds >= 50 && (least < seeds / 10 || unreadable < seeds / 10)) {
        throw new AssertionError("too little happened: " + this);
      }
    }

    @Override
    public String toString() {
      return commits
          + " commits, "
          + conflicts
          + " conflicts, of which the model cannot explain "
          + needlessConflicts
          + ", "
          + undecided
          + " clears refused, "
          + stampedClears
          + " clears beside versionstamped keys, "
          + unreadable
          + " unreadable reads, "
          + fired
          + " watches fired, "
          + tooOld
          + " transactions too old";
    }
  }

  private record Watched(byte[] key, Object seen, CompletableFuture<Void> future) {}

  /** A transaction that is open, and its counterpart in the model. */
  private final class Open {
    final String name = "T" + ++begun;
    final Transaction transaction = store.createTransaction();
    final List<Watched> watching = new ArrayList<>();
    final List<CompletableFuture<byte[]>> stamps = new ArrayList<>();
    Model.Attempt attempt = model.new Attempt();
    boolean doomed;

    void pin() {
      if (!attempt.isPinned()) {
        long version = transaction.getReadVersion().join();
        require(version >= model.last().version(), "read version " + version + " is too low");
        highestReadVersion = Math.max(highestReadVersion, version);
        attempt.pin(version);
      }
    }

    void begin() {
      attempt = model.new Attempt();
      doomed = false;
      watching.clear();
      stamps.clear();
    }
  }

  /** The store did otherwise than the model. */
  static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Mismatch(otherwise);
    }
  }

  /** What was done, with keys as they are behind the prefix. */
  List<String> log() {
    return log.stream().map(this::withoutPrefix).toList();
  }

  String withoutPrefix(String text) {
    return text.replace(Keys.printable(prefix), "");
  }

  /**
   * Carries out steps.
   *
   * @throws Mismatch at the first difference
   */
  void run(List<Step> steps) {
    try {
      prepare();
      for (Step step : steps) {
        step(step);
      }
      finish();
    } finally {
      for (int slot = 0; slot < slots.length; slot++) {
        close(slot);
      }
      watches.forEach(each -> each.future.cancel(true));
    }
  }

  private void prepare() {
    try (Transaction transaction = store.createTransaction()) {
      Model.Attempt attempt = model.new Attempt();
      attempt.writes.add(new Write.Clear(new Span(prefix, Keys.prefixEnd(prefix))));
      transaction.clear(prefix, Keys.prefixEnd(prefix));
      for (int i = 0; i < GUARDS; i++) {
        for (String name : List.of("!" + i, "~" + i, NAMES.get(i))) {
          attempt.writes.add(new Write.Put(plain(name), new byte[] {1}));
          transaction.set(plain(name), new byte[] {1});
        }
      }
      CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
      transaction.commit().join();
      attempt.commit(stamp.join(), transaction.getCommittedVersion());
    }
  }

  private void step(Step step) {
    Open open = slots[step.transaction()];
    if (open == null) {
      open = new Open();
      slots[step.transaction()] = open;
    }
    try {
      carryOut(step, open);
    } catch (CompletionException | StoreException e) {
      if (errorOf(e) != StoreError.TRANSACTION_TOO_OLD) {
        throw new Mismatch(step.kind() + " failed with " + e);
      }
      tally.tooOld++;
      log.add(open.name + " is too old");
      close(step.transaction());
    }
  }

  private void carryOut(Step step, Open open) {
    Transaction transaction = open.transaction;
    Model.Attempt attempt = open.attempt;
    switch (step.kind()) {
      case GET -> {
        byte[] key = key(step.first(), open);
        read(
            open,
            step.fourth() % 4 == 0,
            "get " + Keys.printable(key),
            view -> view.get(key),
            reads -> reads.get(key).thenApply(History::text));
      }
      case GET_KEY -> {
        KeySelector selector = selector(step.first(), step.second(), open);
        read(
            open,
            step.fourth() % 4 == 0,
            "getKey " + selector,
            view -> view.getKey(selector),
            reads -> reads.getKey(selector).thenApply(Keys::printable));
      }
      case GET_RANGE -> {
        KeySelector begin = selector(step.first(), step.third(), open);
        KeySelector end = selector(step.second(), step.third() / 64, open);
        int limit = step.fourth() / 8 % 5;
        boolean reverse = step.fourth() / 4 % 2 == 0;
        read(
            open,
            step.fourth() % 4 == 0,
            "getRange " + begin + " to " + end + " limit " + limit + (reverse ? " reverse" : ""),
            view -> view.getRange(begin, end, limit, reverse),
            reads -> reads.getRange(begin, end, limit, reverse).thenApply(View::text));
      }
      case READ_VERSION -> {
        open.pin();
        long version = transaction.getReadVersion().join();
        require(version == attempt.readVersion(), "the read version changed to " + version);
      }
      case SET -> {
        Write.Put put = new Write.Put(key(step.first(), open), value(step.second()));
        log.add(open.name + " " + put);
        transaction.set(put.key(), put.value());
        attempt.writes.add(put);
      }
      case ADD -> {
        Write.Add add = new Write.Add(key(step.first(), open), value(step.second()));
        log.add(open.name + " " + add);
        transaction.mutate(MutationType.ADD, add.key(), add.operand());
        attempt.writes.add(add);
      }
      case CLEAR -> {
        byte[] key = key(step.first(), open);
        clear(open, Span.point(key), () -> transaction.clear(key));
      }
      case CLEAR_RANGE -> {
        Span span =
            step.fourth() % 6 == 0
                ? restOfQueue(step.first(), open)
                : span(step.first(), step.second(), open);
        clear(open, span, () -> transaction.clear(span.begin(), span.end()));
      }
      case STAMPED_KEY -> {
        byte[] before = plain(step.first() % 3 == 0 ? "d" : "q");
        byte[] behind = List.of("", "x", "y").get(step.second() % 3).getBytes(UTF_8);
        Write.StampedKey stamped = new Write.StampedKey(before, behind, value(step.third()));
        log.add(open.name + " " + stamped);
        transaction.mutate(
            MutationType.SET_VERSIONSTAMPED_KEY, Write.template(before, behind), stamped.value());
        attempt.writes.add(stamped);
      }
      case STAMPED_VALUE -> {
        Write.StampedValue stamped =
            new Write.StampedValue(key(step.first(), open), value(step.second()), new byte[0]);
        log.add(open.name + " " + stamped);
        transaction.mutate(
            MutationType.SET_VERSIONSTAMPED_VALUE,
            stamped.key(),
            Write.template(stamped.before(), stamped.behind()));
        attempt.writes.add(stamped);
      }
      case READ_CONFLICT -> {
        Span span = span(step.first(), step.second(), open);
        log.add(open.name + " declares to have read " + span);
        transaction.addReadConflictRange(span.begin(), span.end());
        attempt.declareRead(span);
      }
      case WRITE_CONFLICT -> {
        Span span = span(step.first(), step.second(), open);
        log.add(open.name + " declares to have written " + span);
        transaction.addWriteConflictRange(span.begin(), span.end());
        if (!span.isEmpty()) {
          attempt.declaredWrites.add(span);
        }
      }
      case WATCH -> watch(open, key(step.first(), open));
      case VERSIONSTAMP -> open.stamps.add(transaction.getVersionstamp());
      case COMMIT -> commit(step, open);
      case RESET -> {
        log.add(open.name + " is reset");
        transaction.onError(new StoreException(StoreError.NOT_COMMITTED)).join();
        open.begin();
      }
      case CANCEL -> {
        log.add(open.name + " is cancelled");
        transaction.cancel();
        require(
            errorOf(transaction.get(plain("a"))) == StoreError.TRANSACTION_CANCELLED,
            "a read of a cancelled transaction was answered");
        require(
            errorOf(transaction.commit()) == StoreError.TRANSACTION_CANCELLED,
            "a cancelled transaction was committed");
        close(step.transaction());
      }
      case CLOSE -> {
        log.add(open.name + " is closed");
        close(step.transaction());
      }
    }
  }

  private void read(
      Open open,
      boolean isSnapshot,
      String what,
      Model.Reading reading,
      Function<ReadTransaction, CompletableFuture<String>> actual) {
    open.pin();
    View.Answer expected = open.attempt.read(reading);
    log.add(open.name + (isSnapshot ? " snapshot " : " ") + what);
    String answer;
    try {
      answer = actual.apply(isSnapshot ? open.transaction.snapshot() : open.transaction).join();
    } catch (CompletionException e) {
      if (errorOf(e) != StoreError.ACCESSED_UNREADABLE) {
        throw e;
      }
      require(
          expected.readable() != View.Readable.YES,
          "could not be read (1036), and should answer " + expected.value());
      tally.unreadable++;
      open.doomed = true;
      return;
    }
    require(
        expected.readable() != View.Readable.NO,
        "answered " + answer + ", and should be unreadable (1036)");
    require(
        answer.equals(expected.value()),
        "answered " + answer + ", and should answer " + expected.value());
    if (!isSnapshot) {
      open.attempt.depend(reading, expected);
    }
  }

  private void clear(Open open, Span span, Runnable clear) {
    boolean undecided = open.attempt.isUndecided(span);
    log.add(
        open.name
            + " clear "
            + span
            + (open.attempt.isPinned()
                ? " at read version " + Keys.printable(version(open.attempt.readVersion()))
                : ""));
    try {
      clear.run();
    } catch (StoreException e) {
      require(
          undecided && e.is(StoreError.UNDECIDED_CLEAR),
          "was refused, and should not be: " + e.getMessage());
      tally.undecided++;
      return;
    }
    require(!undecided, "was not refused, and should be");
    if (!span.isEmpty()) {
      if (open.attempt.writes.stream().anyMatch(Write.StampedKey.class::isInstance)) {
        tally.stampedClears++;
      }
      open.attempt.writes.add(new Write.Clear(span));
    }
  }

  private void watch(Open open, byte[] key) {
    open.pin();
    Model.Reading reading = view -> view.get(key);
    View.Answer seen = open.attempt.read(reading);
    if (seen.readable() == View.Readable.YES) {
      log.add(open.name + " watch " + Keys.printable(key));
      open.watching.add(new Watched(key, seen.value(), open.transaction.watch(key)));
      open.attempt.depend(reading, seen);
    }
  }

  private void commit(Step step, Open open) {
    Model.Attempt attempt = open.attempt;
    boolean must = attempt.mustConflict();
    boolean may = attempt.mayConflict();
    log.add(open.name + " commit");
    CompletableFuture<byte[]> stamp = open.transaction.getVersionstamp();
    StoreError error = errorOf(open.transaction.commit());
    if (error == StoreError.TRANSACTION_TOO_OLD) {
      throw new StoreException(error);
    }
    if (open.doomed) {
      require(error == StoreError.ACCESSED_UNREADABLE, "ended with " + error + ", not with 1036");
    } else if (error == StoreError.NOT_COMMITTED) {
      tally.conflicts++;
      if (!may) {
        tally.needlessConflicts++;
        require(!tally.isExact(), "conflicts, although nothing that it read was written");
      }
      log.add(open.name + " conflicts");
    } else {
      require(error == null, "failed with " + error);
      require(!must, "committed, although what it read was written");
      committed(open, stamp);
    }
    if (error != null && error.isRetryable() && step.first() % 4 == 0) {
      open.transaction.onError(new StoreException(error)).join();
      open.begin();
    } else {
      close(step.transaction());
    }
  }

  private void committed(Open open, CompletableFuture<byte[]> stamp) {
    long version = open.transaction.getCommittedVersion();
    if (open.attempt.wroteNothing()) {
      require(version == -1, "committed nothing at version " + version);
      require(errorOfAny(stamp), "has a versionstamp without a write");
    } else {
      byte[] bytes = stamp.join();
      log.add(open.name + " has the stamp " + Keys.printable(bytes));
      require(ByteBuffer.wrap(bytes).getLong() == version, "stamp and version differ");
      require(version > highestReadVersion, "the commit is not above the read versions");
      require(version >= model.last().version(), "the commit is below the last one");
      open.stamps.forEach(
          each -> require(Arrays.equals(each.join(), bytes), "has several versionstamps"));
      open.attempt.commit(bytes, version);
      tally.commits++;
    }
    watches.addAll(open.watching);
  }

  private void finish() {
    try (Transaction transaction = store.createTransaction()) {
      List<KeyValue> rows = transaction.getRange(prefix, Keys.prefixEnd(prefix), 0).join();
      Model.Attempt attempt = model.new Attempt();
      List<KeyValue> expected = new ArrayList<>();
      attempt.view().rows().forEach((key, value) -> expected.add(new KeyValue(key, value)));
      require(
          View.text(rows).equals(View.text(expected)),
          "in the end the store has "
              + View.text(without(rows, expected))
              + ", and should have "
              + View.text(without(expected, rows)));
      for (Watched each : watches) {
        if (!attempt.view().get(each.key).value().equals(each.seen)) {
          awaitFired(each);
        }
      }
    }
  }

  private static List<KeyValue> without(List<KeyValue> rows, List<KeyValue> others) {
    List<String> texts = others.stream().map(row -> View.text(List.of(row))).toList();
    return rows.stream().filter(row -> !texts.contains(View.text(List.of(row)))).toList();
  }

  private void awaitFired(Watched watched) {
    try {
      watched.future.get(30, TimeUnit.SECONDS);
      tally.fired++;
    } catch (TimeoutException e) {
      throw new Mismatch("the watch of " + Keys.printable(watched.key) + " has not fired");
    } catch (ExecutionException | InterruptedException e) {
      throw new Mismatch("the watch of " + Keys.printable(watched.key) + " failed: " + e);
    }
  }

  private void close(int slot) {
    Open open = slots[slot];
    if (open != null) {
      open.transaction.close();
      slots[slot] = null;
    }
  }

  private byte[] plain(String name) {
    return Keys.join(prefix, KeyShapes.key(name));
  }

  /** A plain key, or one beside those that a versionstamped key may become. */
  private byte[] key(int number, Open open) {
    if (number % 2 == 0) {
      return plain(NAMES.get(number / 2 % NAMES.size()));
    }
    int rest = number / 2;
    long at = open.attempt.isPinned() ? open.attempt.readVersion() : model.last().version();
    long last = model.last().version();
    long[] versions = {0, 1, 2, at - 1, at, at, at + 1, at + 1, at + 2, last, last + 1};
    String[] tails = {"", "\0\0", "\0\0", "\0\0x", "\0\0\0", "\0\7", "\0\0y"};
    byte[] before = plain(rest % 3 == 0 ? "d" : "q");
    byte[] version = version(versions[rest / 3 % versions.length]);
    int tail = rest / 64 % (tails.length + 1);
    byte[] behind =
        tail < tails.length
            ? tails[tail].getBytes(UTF_8)
            // Where FoundationDB's client keeps it.
            : new byte[] {0, 0, (byte) before.length, 0, 0, 0};
    return Keys.join(before, version, behind);
  }

  private static byte[] version(long version) {
    return ByteBuffer.allocate(8).putLong(version).array();
  }

  private Span span(int first, int second, Open open) {
    byte[] begin = key(first, open);
    byte[] end = key(second, open);
    return Arrays.compareUnsigned(begin, end) <= 0 ? new Span(begin, end) : new Span(end, begin);
  }

  /** All that a versionstamped key may become, and what is just below it or not. */
  private Span restOfQueue(int number, Open open) {
    byte[] before = plain(number % 3 == 0 ? "d" : "q");
    long at = open.attempt.readVersion();
    byte[] begin =
        number / 3 % 2 == 0
            ? Keys.join(before, version(at + 1))
            : Keys.join(before, version(at), new byte[] {0, 7});
    return new Span(begin, Keys.prefixEnd(before));
  }

  /** Half of them are no more than a bound. */
  private KeySelector selector(int number, int how, Open open) {
    byte[] key = key(number, open);
    return how % 2 == 0
        ? KeySelector.firstGreaterOrEqual(key)
        : new KeySelector(key, how / 2 % 2 == 0, how / 4 % 8 - 3);
  }

  private static byte[] value(int number) {
    byte[] value = new byte[1 + number % 3];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (number >>> (4 + 8 * i));
    }
    return value;
  }

  private static String text(byte @Nullable [] value) {
    return value == null ? "nothing" : Keys.printable(value);
  }

  private static boolean errorOfAny(CompletableFuture<?> future) {
    return future.handle((value, error) -> error != null).join();
  }

  private static @Nullable StoreError errorOf(CompletableFuture<?> future) {
    try {
      future.join();
      return null;
    } catch (CompletionException e) {
      return errorOf(e);
    }
  }

  private static @Nullable StoreError errorOf(RuntimeException error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof StoreException failure && failure.error().isPresent()) {
      return failure.error().get();
    }
    throw error;
  }
}
