package io.dgen.internal.engine.failure;

import io.dgen.DeadLetter;
import io.dgen.DeadLetters;
import io.dgen.Page;
import io.dgen.codec.CodecException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.DeadLetterRecord;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.internal.engine.later.LetterRetention;
import io.dgen.internal.engine.later.StepRows;
import io.dgen.internal.engine.send.Damage;
import io.dgen.internal.engine.send.Front;
import io.dgen.internal.engine.send.Push;
import io.dgen.internal.engine.send.QueueReader;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.tx.CallerWork;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of an entity. A letter is stored below the versionstamp that it had in the
 * queue, so that its key is known before the commit that moves it, its place is that of the queue,
 * and a message that dies again after it was requeued is a new letter.
 *
 * <p>Adding a letter increments the counter blindly; removing letters reads the counter and the
 * letters with a conflict, so that of two transactions that remove the same letter only one finds
 * it.
 */
public final class DeadLetterBox<M> implements DeadLetters<M> {

  private static final int PAGE_BYTES = 1_000_000;

  /** Of how many letters one transaction purges the steps. */
  private static final int MAX_PURGED_STEPS = 1000;

  private static final byte[] BEFORE_ALL = new byte[KeyLayout.STAMP_LENGTH];
  private static final HexFormat HEX = HexFormat.of();

  private final CallerWork work;
  private final Address address;
  private final LetterReader<M> letters;
  private final EntityKeys keys;
  private final StampedKeys dead;
  private final Environment environment;
  private final QueueReader reader;

  public DeadLetterBox(Entity entity, LetterReader<M> letters, CallerWork work) {
    this.work = work;
    this.address = entity.address();
    this.letters = letters;
    this.keys = entity.keys();
    this.dead = keys.letters();
    this.environment = entity.environment();
    this.reader = new QueueReader(environment, dead);
  }

  /** Adds a letter, as part of the transaction that takes it out of the queue. */
  static void add(Transaction transaction, EntityKeys keys, byte[] stamp, byte[] letter) {
    List<byte[]> chunks = Envelope.cut(letter);
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      transaction.set(keys.letters().key(stamp, chunk), chunks.get(chunk));
    }
    transaction.mutate(MutationType.ADD, keys.deadCount(), KeyLayout.one());
  }

  @Override
  public long length() {
    return work.transact(
        "read the number of dead letters of " + address,
        attempt ->
            KeyLayout.counter(environment.await(attempt.reads().snapshot().get(keys.deadCount()))));
  }

  @Override
  public Page<DeadLetter<M>> list(int limit) {
    return list(limit, BEFORE_ALL);
  }

  @Override
  public Page<DeadLetter<M>> list(int limit, String after) {
    return list(limit, stamp(after));
  }

  private Page<DeadLetter<M>> list(int limit, byte[] after) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit of a page must be at least 1; found " + limit);
    }
    Front front =
        work.transact(
            "list the dead letters of " + address,
            attempt -> read(attempt.reads().snapshot(), after, limit));
    List<DeadLetter<M>> letters = new ArrayList<>(front.messages().size());
    for (Queued letter : front.messages()) {
      letters.add(ListedLetter.read(address.id(), letter, this.letters));
    }
    return new Page<>(
        letters, front.more() ? Optional.of(letters.getLast().key()) : Optional.empty());
  }

  private Front read(ReadTransaction transaction, byte[] after, int limit)
      throws InterruptedException {
    List<KeyValue> page = environment.await(reader.firstPage(transaction, after));
    Front front = reader.read(transaction, page, limit, PAGE_BYTES);
    Damage damage = front.damage();
    if (damage == null) {
      return front;
    }
    // Listed as unreadable, so that it can be discarded and does not hide the others.
    return new Front(List.of(Queued.ofDamaged(dead, damage)), true, null);
  }

  @Override
  public boolean requeue(String key) {
    byte[] stamp = stamp(key);
    return work.transact(
        "requeue a dead letter of " + address,
        attempt -> {
          byte[] letter = take(attempt, stamp);
          if (letter == null) {
            return false;
          }
          count(attempt, 1);
          StepRows.requeued(attempt.writes(), keys, stamp);
          Push.writeEncoded(attempt.writes(), keys, List.of(DeadLetterRecord.message(letter)));
          return true;
        });
  }

  @Override
  public boolean discard(String key) {
    byte[] stamp = stamp(key);
    return work.transact(
        "discard a dead letter of " + address,
        attempt -> {
          if (take(attempt, stamp) == null) {
            return false;
          }
          count(attempt, 1);
          StepRows.removed(attempt.writes(), keys, environment, stamp);
          return true;
        });
  }

  /** Reads a letter with a conflict and clears it; returns null if there is none. */
  private byte @Nullable [] take(Transactor.Attempt attempt, byte[] stamp)
      throws InterruptedException {
    byte[] letter = stored(attempt, stamp);
    if (letter != null) {
      attempt.writes().clear(dead.key(stamp, 0), dead.behind(stamp));
    }
    return letter;
  }

  /** Reads a letter with a conflict; returns null if there is none. */
  private byte @Nullable [] stored(Transactor.Attempt attempt, byte[] stamp)
      throws InterruptedException {
    List<KeyValue> rows =
        environment.await(attempt.reads().getRange(dead.key(stamp, 0), dead.behind(stamp), 0));
    return rows.isEmpty() ? null : Envelope.joined(rows);
  }

  private void count(Transactor.Attempt attempt, long removed) throws InterruptedException {
    LetterRetention.subtract(attempt.writes(), keys, environment, removed);
  }

  @Override
  public long requeueAll() {
    byte[] last = last();
    long requeued = 0;
    // A message that dies again in the meantime comes after the last, and is left.
    while (last != null) {
      byte[] end = last;
      int moved = requeueSome(requeued, attempt -> requeueFirst(attempt, end));
      requeued += moved;
      if (moved == 0) {
        last = null;
      }
    }
    return requeued;
  }

  /** Requeues some letters, after others whose requeuing stands even if this fails. */
  private int requeueSome(long before, Transactor.Body<Integer> body) {
    try {
      return work.<Integer>transact("requeue the dead letters of " + address, body);
    } catch (DgenException e) {
      if (before == 0) {
        throw e;
      }
      throw new DgenException(
          before + " dead letters of " + address + " were requeued before: " + e.getMessage(),
          e,
          Effect.UNKNOWN);
    }
  }

  @Override
  public long requeueAll(Predicate<? super DeadLetter<M>> filter) {
    byte[] last = last();
    byte[] after = BEFORE_ALL;
    long requeued = 0;
    while (last != null) {
      Page<DeadLetter<M>> page = list(Push.MAX_MESSAGES, after);
      List<byte[]> accepted = new ArrayList<>();
      for (DeadLetter<M> letter : page.items()) {
        byte[] stamp = stamp(letter.key());
        if (Arrays.compareUnsigned(stamp, last) <= 0 && filter.test(letter)) {
          accepted.add(stamp);
        }
      }
      requeued += requeueThese(accepted, requeued);
      Optional<String> next = page.next();
      if (next.isEmpty() || Arrays.compareUnsigned(stamp(next.get()), last) >= 0) {
        last = null;
      } else {
        after = stamp(next.get());
      }
    }
    return requeued;
  }

  /** Requeues letters, as many in one transaction as fit. */
  private long requeueThese(List<byte[]> stamps, long before) {
    int[] done = {0};
    long requeued = 0;
    while (done[0] < stamps.size()) {
      List<byte[]> rest = stamps.subList(done[0], stamps.size());
      requeued +=
          requeueSome(
              before + requeued,
              attempt -> {
                Some some = requeueFirst(attempt, rest);
                done[0] = stamps.size() - rest.size() + some.looked();
                return some.moved();
              });
    }
    return requeued;
  }

  /**
   * Some letters.
   *
   * @param looked how many were looked for
   * @param moved how many of them were there, and were requeued
   */
  private record Some(int looked, int moved) {}

  private Some requeueFirst(Transactor.Attempt attempt, List<byte[]> stamps)
      throws InterruptedException {
    List<byte[]> messages = new ArrayList<>();
    long bytes = 0;
    int looked = 0;
    for (byte[] stamp : stamps) {
      if (bytes > PAGE_BYTES) {
        break;
      }
      looked++;
      byte[] letter = stored(attempt, stamp);
      byte[] message = letter == null ? null : messageOf(letter);
      if (message != null) {
        attempt.writes().clear(dead.key(stamp, 0), dead.behind(stamp));
        StepRows.requeued(attempt.writes(), keys, stamp);
        bytes += message.length;
        messages.add(message);
      }
    }
    if (!messages.isEmpty()) {
      count(attempt, messages.size());
      Push.writeEncoded(attempt.writes(), keys, messages);
    }
    return new Some(looked, messages.size());
  }

  private byte @Nullable [] last() {
    List<KeyValue> rows =
        work.transact(
            "requeue the dead letters of " + address,
            attempt ->
                environment.await(
                    attempt
                        .reads()
                        .snapshot()
                        .getRange(
                            KeySelector.firstGreaterOrEqual(dead.prefix()),
                            KeySelector.firstGreaterOrEqual(dead.end()),
                            1,
                            true)));
    return rows.isEmpty() ? null : dead.stampOf(rows.getFirst().key());
  }

  /** Requeues the first letters, as many as fit into one transaction. */
  private int requeueFirst(Transactor.Attempt attempt, byte[] last) throws InterruptedException {
    List<byte[]> messages = new ArrayList<>();
    long bytes = 0;
    Front front = read(attempt.reads(), BEFORE_ALL, Push.MAX_MESSAGES);
    while (front.more() && front.messages().stream().allMatch(it -> messageOf(it.bytes) == null)) {
      front = read(attempt.reads(), front.messages().getLast().stamp, Push.MAX_MESSAGES);
    }
    for (Queued letter : front.messages()) {
      if (Arrays.compareUnsigned(letter.stamp, last) > 0) {
        break;
      }
      byte[] message = messageOf(letter.bytes);
      if (message == null) {
        continue; // Left where it is.
      }
      boolean fits = messages.isEmpty() || bytes + message.length <= PAGE_BYTES;
      if (!fits) {
        break;
      }
      bytes += message.length;
      messages.add(message);
      attempt.writes().clear(dead.key(letter.stamp, 0), dead.behind(letter.stamp));
      StepRows.requeued(attempt.writes(), keys, letter.stamp);
    }
    if (!messages.isEmpty()) {
      count(attempt, messages.size());
      Push.writeEncoded(attempt.writes(), keys, messages);
    }
    return messages.size();
  }

  /**
   * Returns the message of a letter in the form that goes back to the queue; null if the letter is
   * damaged.
   */
  private static byte @Nullable [] messageOf(byte[] letter) {
    try {
      return DeadLetterRecord.message(letter);
    } catch (CodecException e) {
      return null;
    }
  }

  @Override
  public long purge() {
    long purged = 0;
    Purged some;
    do {
      some = work.transact("purge the dead letters of " + address, this::purge);
      purged += some.letters();
    } while (some.more());
    return purged;
  }

  /**
   * What one transaction purged.
   *
   * @param letters how many letters
   * @param more whether there are more
   */
  private record Purged(long letters, boolean more) {}

  /** Purges all letters, or as many of those that have steps as one transaction can clear. */
  private Purged purge(Transactor.Attempt attempt) throws InterruptedException {
    byte[] index = keys.letterSteps();
    long count = KeyLayout.counter(environment.await(attempt.reads().get(keys.deadCount())));
    if (count == 0) {
      return new Purged(0, false);
    }
    List<KeyValue> withSteps =
        environment.await(attempt.reads().getRange(index, Keys.prefixEnd(index), MAX_PURGED_STEPS));
    withSteps.forEach(row -> StepRows.clear(attempt.writes(), keys, row.value()));
    if (withSteps.size() < MAX_PURGED_STEPS) {
      attempt.writes().clear(index, Keys.prefixEnd(index));
      attempt.writes().clear(dead.prefix(), dead.end());
      attempt.writes().clear(keys.deadCount());
      return new Purged(count, false);
    }
    for (KeyValue row : withSteps) {
      byte[] letter = keys.letterOf(row.key());
      attempt.writes().clear(dead.key(letter, 0), dead.behind(letter));
      attempt.writes().clear(row.key());
    }
    count(attempt, withSteps.size());
    return new Purged(withSteps.size(), true);
  }

  private static byte[] stamp(String key) {
    if (key.length() == 2 * KeyLayout.STAMP_LENGTH) {
      try {
        return HEX.parseHex(key);
      } catch (IllegalArgumentException e) {
        // Reported below.
      }
    }
    throw new IllegalArgumentException(
        "the key of a dead letter must have 24 hexadecimal digits; found "
            + Texts.quoted(key)
            + "; take it from a"
            + " letter that was listed");
  }
}
