package io.dgen.internal.overlay;

import io.dgen.store.Keys;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The versionstamped keys that a transaction has set and not cleared since, and the effect of
 * clears on them. Not thread-safe.
 *
 * <p>Mutations apply in order, to the key that a versionstamp finally becomes. Before the commit
 * only the set of <em>possible keys</em> is known: those whose stamp is larger than the read
 * version, or all if there is no read version yet. A clear that contains none of them does not
 * affect the key, one that contains all of them drops it. The effect of one that contains some of
 * them is undecidable, so it is refused.
 *
 * <p>FoundationDB's client behaves differently: it keeps such a key at one place, which is the
 * given key with the read version as stamp, or zeros if there was none yet, followed by the offset.
 * A clear that contains that place drops the key, and one that does not leaves it. So a key that a
 * clear would drop wrongly has to be set again after it, and the place of one that it would leave
 * wrongly has to be cleared as well.
 */
public final class PendingStamps {

  /** Stands for the read version while nothing was read yet. */
  public static final long UNKNOWN = -1;

  private static final int STAMP = Atomics.VERSIONSTAMP_SIZE;

  /** Up to this many keys are examined one by one, rather than sorted. */
  private static final int FEW = 8;

  /** Keys that were set and are not sorted yet: most transactions clear nothing near them. */
  private final List<Set> unsorted = new ArrayList<>(0);

  /** By the part before the stamp, then by the part after it. */
  private final NavigableMap<byte[], NavigableMap<byte[], Pending>> pending =
      new TreeMap<>(Arrays::compareUnsigned);

  /** The lengths of the parts before the stamp. */
  private final NavigableSet<Integer> lengths = new TreeSet<>();

  /**
   * A versionstamped key that was set.
   *
   * @param template the key, with an offset at its end
   * @param value the value
   */
  public record Stamped(byte[] template, byte[] value) {}

  /**
   * What to do about the versionstamped keys when a clear is passed to FoundationDB's client.
   *
   * @param clearBefore keys to clear in addition
   * @param setAfter keys to set again after the clear
   */
  public record Effect(List<byte[]> clearBefore, List<Stamped> setAfter) {

    private static final Effect NONE = new Effect(List.of(), List.of());
  }

  /** One call of {@link #set}. */
  private record Set(byte[] template, byte[] value, boolean isEarly) {

    /**
     * Returns whether a key that begins with the template's part before the stamp may be in a
     * range.
     */
    boolean isNear(byte[] begin, byte[] end) {
      int before = Atomics.offsetOf(template);
      return Arrays.compareUnsigned(template, 0, before, end, 0, end.length) < 0
          && (Arrays.compareUnsigned(template, 0, before, begin, 0, begin.length) >= 0
              || (begin.length >= before && Arrays.equals(template, 0, before, begin, 0, before)));
    }
  }

  /**
   * Records that a versionstamped key is set.
   *
   * @param template the key, with an offset at its end that was checked
   * @param value the value
   * @param readVersion the read version, or {@link #UNKNOWN}
   */
  public void set(byte[] template, byte[] value, long readVersion) {
    unsorted.add(new Set(template, value, readVersion == UNKNOWN));
  }

  private void sort() {
    for (Set each : unsorted) {
      Pending set = new Pending(new Stamped(each.template, each.value), each.isEarly);
      lengths.add(set.before.length);
      pending
          .computeIfAbsent(set.before, before -> new TreeMap<>(Arrays::compareUnsigned))
          .merge(set.behind, set, (old, next) -> old.isEarly ? next.early() : next);
    }
    unsorted.clear();
  }

  /**
   * Returns where FoundationDB's client may keep a key that is now set again and was set before
   * without a read version. With one it keeps the key in another place, and the two would not apply
   * in order.
   *
   * @param template the key, with an offset at its end
   * @return the place to clear before; null for none
   */
  public byte @Nullable [] earlyPlaceOf(byte[] template) {
    sort();
    Pending set = new Pending(new Stamped(template, template), false);
    NavigableMap<byte[], Pending> alike = pending.get(set.before);
    Pending before = alike == null ? null : alike.get(set.behind);
    return before != null && before.isEarly ? before.place(0) : null;
  }

  /** Returns whether the effect of a clear depends on the read version. */
  public boolean dependsOnReadVersion(byte[] begin, byte[] end) {
    for (Pending each : near(begin, end)) {
      if (each.touch(begin, end, UNKNOWN) == Touch.SOME
          || each.isPlaceWithin(begin, end, UNKNOWN)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Clears a range.
   *
   * @param begin the first key
   * @param end the key to stop before
   * @param readVersion the read version, or {@link #UNKNOWN}
   * @return the consequences for FoundationDB's client
   * @throws StoreException with {@link StoreError#UNDECIDED_CLEAR} if the range contains some, but
   *     not all, of the keys that a versionstamped key may become; nothing has then changed
   */
  public Effect clear(byte[] begin, byte[] end, long readVersion) {
    List<Pending> near = near(begin, end);
    if (near.isEmpty()) {
      return Effect.NONE;
    }
    for (Pending each : near) {
      if (each.touch(begin, end, readVersion) == Touch.SOME) {
        throw each.undecided(begin, end, readVersion);
      }
    }
    List<byte[]> clearBefore = new ArrayList<>(0);
    List<Stamped> setAfter = new ArrayList<>(0);
    for (Pending each : near) {
      if (each.touch(begin, end, readVersion) == Touch.ALL) {
        remove(each);
        each.placesOutside(begin, readVersion, clearBefore);
      } else if (each.isPlaceWithin(begin, end, readVersion)) {
        setAfter.add(each.stamped);
      }
    }
    return new Effect(clearBefore, setAfter);
  }

  private void remove(Pending gone) {
    Map<byte[], Pending> alike = pending.get(gone.before);
    if (alike != null) {
      alike.remove(gone.behind);
      if (alike.isEmpty()) {
        pending.remove(gone.before);
      }
    }
  }

  /** Returns those whose keys, which all begin with the same bytes, may be in a range. */
  private List<Pending> near(byte[] begin, byte[] end) {
    if (Arrays.compareUnsigned(begin, end) >= 0) {
      return List.of();
    }
    if (unsorted.size() > FEW || isAnyNear(begin, end)) {
      sort();
    }
    if (pending.isEmpty()) {
      return List.of();
    }
    List<Pending> near = new ArrayList<>(0);
    for (int length : lengths.headSet(begin.length, false)) {
      Map<byte[], Pending> around = pending.get(Arrays.copyOf(begin, length));
      if (around != null) {
        near.addAll(around.values());
      }
    }
    pending.subMap(begin, true, end, false).values().forEach(each -> near.addAll(each.values()));
    return near;
  }

  private boolean isAnyNear(byte[] begin, byte[] end) {
    for (Set each : unsorted) {
      if (each.isNear(begin, end)) {
        return true;
      }
    }
    return false;
  }

  /** How many of the possible keys a range contains. */
  private enum Touch {
    NONE,
    SOME,
    ALL
  }

  private static final class Pending {

    final Stamped stamped;
    final byte[] before;
    final byte[] behind;

    /** What follows the stamp at the place where the client keeps the key, including the offset. */
    final byte[] behindInPlace;

    /** Whether it was set without a read version, so that its stamp may be zeros there. */
    final boolean isEarly;

    Pending(Stamped stamped, boolean isEarly) {
      byte[] template = stamped.template;
      int offset = Atomics.offsetOf(template);
      this.stamped = stamped;
      this.isEarly = isEarly;
      before = Arrays.copyOf(template, offset);
      behind = Arrays.copyOfRange(template, offset + STAMP, Atomics.sizeOf(template));
      behindInPlace = Arrays.copyOfRange(template, offset + STAMP, template.length);
    }

    Pending early() {
      return isEarly ? this : new Pending(stamped, true);
    }

    Touch touch(byte[] begin, byte[] end, long readVersion) {
      byte[] first = Keys.join(before, stampAfter(readVersion), behind);
      byte[] from = Arrays.compareUnsigned(begin, first) > 0 ? begin : first;
      byte[] found = firstFrom(from, behind);
      if (found == null || Arrays.compareUnsigned(found, end) >= 0) {
        return Touch.NONE;
      }
      return Arrays.compareUnsigned(begin, first) <= 0
              && Arrays.compareUnsigned(Keys.join(before, lastStamp(), behind), end) < 0
          ? Touch.ALL
          : Touch.SOME;
    }

    /** Returns whether the client keeps it, or may keep it, at a place in a range. */
    boolean isPlaceWithin(byte[] begin, byte[] end, long readVersion) {
      if (readVersion == UNKNOWN) {
        byte[] found = firstFrom(begin, behindInPlace);
        return found != null && Arrays.compareUnsigned(found, end) < 0;
      }
      return isWithin(place(readVersion), begin, end)
          || (isEarly && isWithin(place(0), begin, end));
    }

    /** Adds the places before the begin of a range where the client may keep it. */
    void placesOutside(byte[] begin, long readVersion, List<byte[]> places) {
      if (isEarly && Arrays.compareUnsigned(place(0), begin) < 0) {
        places.add(place(0));
      }
      if (readVersion != UNKNOWN && Arrays.compareUnsigned(place(readVersion), begin) < 0) {
        places.add(place(readVersion));
      }
    }

    private byte[] place(long readVersion) {
      return Keys.join(before, Atomics.versionstamp(readVersion, 0), behindInPlace);
    }

    /**
     * Returns the first key from a given one on that has some stamp between the two ends; null if
     * none.
     */
    private byte @Nullable [] firstFrom(byte[] from, byte[] tail) {
      byte[] stamp = new byte[STAMP];
      if (Keys.startsWith(from, before)) {
        int given = Math.min(STAMP, from.length - before.length);
        System.arraycopy(from, before.length, stamp, 0, given);
      } else if (Arrays.compareUnsigned(from, before) > 0) {
        return null;
      }
      byte[] key = Keys.join(before, stamp, tail);
      if (Arrays.compareUnsigned(key, from) >= 0) {
        return key;
      }
      return increment(stamp) ? Keys.join(before, stamp, tail) : null;
    }

    StoreException undecided(byte[] begin, byte[] end, long readVersion) {
      return new StoreException(
          StoreError.UNDECIDED_CLEAR,
          "the clear from "
              + Keys.printable(begin)
              + " to "
              + Keys.printable(end)
              + " contains some, but not all, of the possible keys of a versionstamped key that"
              + " this transaction has set, "
              + Keys.printable(before)
              + "<versionstamp>"
              + Keys.printable(behind)
              + (readVersion == UNKNOWN
                  ? ", and as nothing has been read yet, every versionstamp is possible: clear"
                      + " first and then set, or read something first"
                  : ", with a stamp above the read version "
                      + readVersion
                      + ": clear first and then set"),
          null);
    }

    private static boolean isWithin(byte[] key, byte[] begin, byte[] end) {
      return Arrays.compareUnsigned(begin, key) <= 0 && Arrays.compareUnsigned(key, end) < 0;
    }

    private static byte[] stampAfter(long readVersion) {
      return Atomics.versionstamp(readVersion == UNKNOWN ? 1 : readVersion + 1, 0);
    }

    private static byte[] lastStamp() {
      byte[] last = new byte[STAMP];
      Arrays.fill(last, (byte) 0xFF);
      return last;
    }

    /** Increments a stamp; returns false if it was the last one. */
    private static boolean increment(byte[] stamp) {
      for (int i = STAMP - 1; i >= 0; i--) {
        if (++stamp[i] != 0) {
          return true;
        }
      }
      return false;
    }
  }
}
