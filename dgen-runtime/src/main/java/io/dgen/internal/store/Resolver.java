package io.dgen.internal.store;

import io.dgen.internal.overlay.KeyRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Remembers recent writes, to tell whether something that a transaction read has changed since.
 * Used by one thread at a time.
 *
 * <p>Single keys, the common case, are in an ordered map with the version of their last write;
 * ranges are in a list, newest first. Both hold only what is newer than the oldest transaction that
 * may still commit: mostly the writes of a few milliseconds.
 *
 * <p>It knows how far back it remembers, and does not judge older reads. So forgetting too much
 * makes transactions fail as too old, and can never make it miss a conflict.
 */
final class Resolver {

  /** The verdict on a transaction's reads. */
  enum Verdict {
    UNCHANGED,
    CHANGED,
    /** The reads are older than what is remembered. */
    FORGOTTEN
  }

  private record WrittenRange(KeyRange range, long version) {}

  private record WrittenKeys(List<byte[]> keys, long version) {}

  private final NavigableMap<byte[], Long> versionByKey = new TreeMap<>(Arrays::compareUnsigned);
  private final Deque<WrittenKeys> keys = new ArrayDeque<>();
  private final Deque<WrittenRange> ranges = new ArrayDeque<>();

  /** Writes up to this version are forgotten. */
  private long forgottenUpTo;

  /**
   * Creates an empty resolver.
   *
   * @param version writes up to it are unknown
   */
  Resolver(long version) {
    this.forgottenUpTo = version;
  }

  /** Returns whether anything in the ranges was written after a version. */
  Verdict judge(List<KeyRange> reads, long sinceVersion) {
    if (sinceVersion < forgottenUpTo) {
      return Verdict.FORGOTTEN;
    }
    for (KeyRange read : reads) {
      if (isKeyWritten(read, sinceVersion) || isRangeWritten(read, sinceVersion)) {
        return Verdict.CHANGED;
      }
    }
    return Verdict.UNCHANGED;
  }

  /** Records what a commit wrote. Versions come in ascending order. */
  void record(List<KeyRange> writes, long version) {
    List<byte[]> points = new ArrayList<>(writes.size());
    for (KeyRange write : writes) {
      if (write.isPoint()) {
        versionByKey.put(write.begin(), version);
        points.add(write.begin());
      } else {
        ranges.addFirst(new WrittenRange(write, version));
      }
    }
    if (!points.isEmpty()) {
      keys.addLast(new WrittenKeys(points, version));
    }
  }

  /**
   * Forgets writes that no transaction can conflict with, as all of them read this version or a
   * later one.
   */
  void forgetUpTo(long version) {
    // First, so that nothing is half forgotten if this fails.
    forgottenUpTo = Math.max(forgottenUpTo, version);
    while (!keys.isEmpty() && keys.getFirst().version <= version) {
      for (byte[] key : keys.removeFirst().keys) {
        Long last = versionByKey.get(key);
        if (last != null && last <= version) {
          versionByKey.remove(key);
        }
      }
    }
    while (!ranges.isEmpty() && ranges.getLast().version <= version) {
      ranges.removeLast();
    }
  }

  /**
   * Forgets everything: the last record did not happen, or is incomplete.
   *
   * @param version the last version that happened
   */
  void forgetAll(long version) {
    forgottenUpTo = Math.max(forgottenUpTo, version);
    versionByKey.clear();
    keys.clear();
    ranges.clear();
  }

  /** Returns how many keys and ranges are remembered. */
  int size() {
    return versionByKey.size() + ranges.size();
  }

  private boolean isKeyWritten(KeyRange read, long sinceVersion) {
    if (read.isPoint()) {
      Long version = versionByKey.get(read.begin());
      return version != null && version > sinceVersion;
    }
    for (long version : versionByKey.subMap(read.begin(), true, read.end(), false).values()) {
      if (version > sinceVersion) {
        return true;
      }
    }
    return false;
  }

  private boolean isRangeWritten(KeyRange read, long sinceVersion) {
    Iterator<WrittenRange> newestFirst = ranges.iterator();
    while (newestFirst.hasNext()) {
      WrittenRange written = newestFirst.next();
      if (written.version <= sinceVersion) {
        return false;
      }
      if (Arrays.compareUnsigned(written.range.begin(), read.end()) < 0
          && Arrays.compareUnsigned(read.begin(), written.range.end()) < 0) {
        return true;
      }
    }
    return false;
  }
}
