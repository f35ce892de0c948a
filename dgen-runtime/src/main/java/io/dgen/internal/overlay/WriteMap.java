package io.dgen.internal.overlay;

import io.dgen.internal.overlay.Mutation.Kind;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one transaction: in order, for the commit, and by key, for the transaction's own
 * reads. Not thread-safe.
 *
 * <p>The result of a versionstamp cannot be read before the commit. As in FoundationDB, setting
 * such a key makes it unreadable and clearing it makes it readable; all keys that a versionstamped
 * key may become are unreadable, and reads forget what was written there before. {@link
 * PendingStamps} defines the effect of clears on such keys.
 */
public final class WriteMap {

  private final List<Mutation> mutations = new ArrayList<>();
  private final NavigableMap<byte[], KeyWrites> byKey = new TreeMap<>(Arrays::compareUnsigned);
  private final RangeSet cleared = new RangeSet();
  private final RangeSet unreadable = new RangeSet();
  private final PendingStamps stamps = new PendingStamps();
  private long size;
  private int dead;

  public boolean isEmpty() {
    return mutations.isEmpty();
  }

  /** Returns the bytes that count towards the limit: writes and their conflict ranges. */
  public long size() {
    return size;
  }

  /** Returns the writes that are still in force, in order. */
  public List<Mutation> mutations() {
    if (dead == 0) {
      return mutations;
    }
    List<Mutation> live = new ArrayList<>(mutations.size() - dead);
    for (Mutation mutation : mutations) {
      if (!mutation.isDead()) {
        live.add(mutation);
      }
    }
    return live;
  }

  public void set(byte[] key, byte[] value) {
    forget(byKey.remove(key));
    byKey.put(key, KeyWrites.known(value, append(new Mutation(Kind.SET, key, value))));
  }

  /**
   * Clears a key.
   *
   * @param readVersion the read version, or {@link PendingStamps#UNKNOWN}
   */
  public void clear(byte[] key, long readVersion) {
    PendingStamps.Effect effect = stamps.clear(key, Keys.after(key), readVersion);
    forget(byKey.remove(key));
    byKey.put(key, KeyWrites.known(null, append(Mutation.clear(key))));
    unreadable.remove(key, Keys.after(key));
    setAgain(effect, readVersion);
  }

  /**
   * Clears a range of keys.
   *
   * @param readVersion the read version, or {@link PendingStamps#UNKNOWN}
   */
  public void clear(byte[] begin, byte[] end, long readVersion) {
    if (Arrays.compareUnsigned(begin, end) >= 0) {
      return;
    }
    PendingStamps.Effect effect = stamps.clear(begin, end, readVersion);
    NavigableMap<byte[], KeyWrites> inside = byKey.subMap(begin, true, end, false);
    inside.values().forEach(this::forget);
    inside.clear();
    cleared.add(begin, end);
    unreadable.remove(begin, end);
    append(new Mutation(Kind.CLEAR_RANGE, begin, end));
    setAgain(effect, readVersion);
  }

  /**
   * Does as FoundationDB's client does when a versionstamped key is set again that a clear has not
   * reached. The key itself needs no second mutation here.
   */
  private void setAgain(PendingStamps.Effect effect, long readVersion) {
    effect.setAfter().forEach(stamped -> hide(stamped.template(), readVersion));
  }

  public void add(byte[] key, byte[] operand) {
    KeyWrites before = byKey.get(key);
    if (unreadable.contains(key)) {
      Mutation mutation = append(new Mutation(Kind.ADD, key, operand));
      byKey.put(key, before == null ? KeyWrites.unknown(mutation) : before.withMutation(mutation));
    } else if (before == null && cleared.contains(key)) {
      set(key, operand);
    } else if (before == null) {
      byKey.put(key, KeyWrites.adding(operand, append(new Mutation(Kind.ADD, key, operand))));
    } else if (before.isKnown()) {
      set(key, Atomics.add(before.value(), operand));
    } else if (before.lastOperandSize() == operand.length) {
      // Sums of one width wrap around alike, however they are grouped: one mutation is enough.
      KeyWrites rest = before.withoutLast();
      byte[] sum = Atomics.add(before.lastOperand(), operand);
      drop(before.lastMutation());
      byKey.put(key, rest.withAdd(sum, append(new Mutation(Kind.ADD, key, sum))));
    } else {
      byKey.put(key, before.withAdd(operand, append(new Mutation(Kind.ADD, key, operand))));
    }
  }

  public void setStampedValue(byte[] key, byte[] template) {
    forget(byKey.remove(key));
    byKey.put(key, KeyWrites.unknown(append(new Mutation(Kind.STAMPED_VALUE, key, template))));
    unreadable.add(key, Keys.after(key));
  }

  /**
   * Sets a key that the commit completes.
   *
   * @param readVersion the read version, which the versionstamp will exceed, or {@link
   *     PendingStamps#UNKNOWN}
   */
  public void setStampedKey(byte[] template, byte[] value, long readVersion) {
    stamps.set(template, value, readVersion);
    append(new Mutation(Kind.STAMPED_KEY, template, value));
    hide(template, readVersion);
  }

  /** Makes all keys unreadable that a template may become, whatever was written there before. */
  private void hide(byte[] template, long readVersion) {
    byte[] last = new byte[Atomics.VERSIONSTAMP_SIZE];
    Arrays.fill(last, (byte) 0xFF);
    byte[] begin = Atomics.place(template, Atomics.versionstamp(Math.max(0, readVersion), 0));
    byte[] end = Keys.after(Atomics.place(template, last));
    byte[] written = byKey.ceilingKey(begin);
    if (written != null && Arrays.compareUnsigned(written, end) < 0) {
      byKey.subMap(begin, true, end, false).clear();
    }
    cleared.remove(begin, end);
    unreadable.add(begin, end);
  }

  public boolean isUnreadable(byte[] key) {
    return unreadable.contains(key);
  }

  public boolean isUnreadable(byte[] begin, byte[] end) {
    return unreadable.intersects(begin, end);
  }

  /**
   * Returns what the transaction wrote to a key; null if nothing, or if it cleared a range around
   * it.
   */
  @Nullable KeyWrites at(byte[] key) {
    return byKey.get(key);
  }

  /** Returns the keys of a range that the transaction wrote, in key order. */
  public NavigableMap<byte[], KeyWrites> within(byte[] begin, byte[] end) {
    return byKey.subMap(begin, true, end, false);
  }

  /** Returns the cleared range that contains a key. */
  @Nullable KeyRange clearedAround(byte[] key) {
    return cleared.containing(key);
  }

  /** Adds to a set of read conflicts the keys of a range that do not depend on own writes alone. */
  public void addDependencies(byte[] begin, byte[] end, RangeSet conflicts) {
    if (byKey.isEmpty() && cleared.isEmpty()) {
      conflicts.add(begin, end);
      return;
    }
    for (KeyRange gap : cleared.gaps(begin, end)) {
      byte[] at = gap.begin();
      for (var entry : within(gap.begin(), gap.end()).entrySet()) {
        if (!entry.getValue().isDependent()) {
          conflicts.add(at, entry.getKey());
          at = Keys.after(entry.getKey());
        }
      }
      conflicts.add(at, gap.end());
    }
    // An add inside a cleared range is known; one that came before the clear is overridden. So
    // nothing inside a cleared range depends on what is stored.
  }

  private Mutation append(Mutation mutation) {
    mutations.add(mutation);
    size += cost(mutation);
    return mutation;
  }

  private void forget(@Nullable KeyWrites writes) {
    if (writes != null) {
      writes.mutations().forEach(this::drop);
    }
  }

  private void drop(Mutation mutation) {
    mutation.kill();
    dead++;
    size -= cost(mutation);
  }

  /** Returns what FoundationDB counts for a mutation and the conflict range that it makes. */
  private static long cost(Mutation mutation) {
    long size = StoreLimits.MUTATION_OVERHEAD + mutation.size();
    long key = mutation.key.length;
    return switch (mutation.kind) {
      // A range of one key, and the same again as a conflict range.
      case CLEAR -> size + key + 1 + StoreLimits.RANGE_OVERHEAD + 2 * key + 1;
      case CLEAR_RANGE -> size + StoreLimits.RANGE_OVERHEAD + mutation.size();
      case SET, ADD, STAMPED_VALUE -> size + StoreLimits.RANGE_OVERHEAD + 2 * key + 1;
      // Its conflict range is made by the cluster, which knows the key.
      case STAMPED_KEY -> size;
    };
  }
}
