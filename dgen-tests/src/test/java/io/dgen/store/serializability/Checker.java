package io.dgen.store.serializability;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a history is strictly serializable in the order of its versionstamps.
 *
 * <p>Each transaction leaves its versionstamp in a key of its own, so that the end of the history
 * tells which happened, also of those whose clients do not know, and in which order. The order
 * being known, no graph has to be searched for cycles: the writes are applied to a plain map one
 * transaction after another, and every read must give what the map holds at two places. What was
 * read, by snapshot or not, by a transaction that committed or not, is the state at its read
 * version. And what a committed transaction read, other than by snapshot, is still so right before
 * its own place; a cycle of dependencies has a transaction of which this is not true. Real time is
 * kept: a transaction that begins after an acknowledgement reads a version that holds it.
 */
final class Checker {

  private record Placed(Recorded transaction, byte[] stamp) {
    long version() {
      return ByteBuffer.wrap(stamp).getLong();
    }
  }

  private final State initial;
  private final List<String> faults = new ArrayList<>();

  Checker(State initial) {
    this.initial = initial;
  }

  /**
   * Checks a history.
   *
   * @param transactions what clients saw
   * @param stamps the versionstamps of those that happened, by their numbers
   * @param last the state in the end
   * @return what is wrong, in words; empty if nothing is
   */
  List<String> check(List<Recorded> transactions, Map<Integer, byte[]> stamps, String last) {
    List<Placed> order = new ArrayList<>();
    for (Recorded each : transactions) {
      byte[] stamp = stamps.get(each.id);
      checkOutcome(each, stamp);
      if (stamp != null) {
        order.add(new Placed(each, stamp));
      }
    }
    order.sort(Comparator.comparing(Placed::stamp, Arrays::compareUnsigned));
    NavigableMap<Long, State> byVersion = new TreeMap<>();
    byVersion.put(-1L, initial);
    State state = initial;
    for (Placed each : order) {
      checkAtCommit(each, state);
      state = state.copy();
      for (Write write : each.transaction.writes) {
        state.apply(write, each.stamp);
      }
      byVersion.put(each.version(), state);
    }
    for (Recorded each : transactions) {
      checkAtReadVersion(each, byVersion);
    }
    checkRealTime(transactions);
    require(state.toString().equals(last), "the end is " + last + ", not " + state);
    return faults;
  }

  private void checkOutcome(Recorded each, byte @Nullable [] stamp) {
    switch (each.outcome) {
      case ACKNOWLEDGED -> {
        require(stamp != null, each.id + " was acknowledged and is lost");
        if (stamp != null) {
          require(
              ByteBuffer.wrap(stamp).getLong() == each.committedVersion,
              each.id + " was told another version than that of its commit");
          require(
              Arrays.equals(stamp, each.versionstamp),
              each.id + " was told another versionstamp than that of its commit");
        }
      }
      case NONE, REFUSED ->
          require(stamp == null, each.id + " happened, although it was told " + each.error);
      case UNKNOWN -> {
        // It may have happened or not.
      }
    }
  }

  private void checkAtCommit(Placed each, State state) {
    require(
        each.version() > each.transaction.readVersion,
        each.transaction.id + " committed at or below its read version");
    for (Recorded.Answer answer : each.transaction.answers) {
      if (!answer.read().isSnapshot()) {
        String now = state.answer(answer.read());
        require(
            now.equals(answer.text()),
            each.transaction.id
                + " ("
                + each.transaction.outcome
                + ") committed, but of what it read has changed before: "
                + answer
                + " is now "
                + now);
      }
    }
  }

  private void checkAtReadVersion(Recorded each, NavigableMap<Long, State> byVersion) {
    if (each.answers.isEmpty()) {
      return;
    }
    State state = byVersion.floorEntry(each.readVersion).getValue();
    for (Recorded.Answer answer : each.answers) {
      String then = state.answer(answer.read());
      require(
          then.equals(answer.text()),
          each.id + " read " + answer + " at version " + each.readVersion + ", which held " + then);
    }
  }

  private void checkRealTime(List<Recorded> transactions) {
    List<Recorded> acknowledged = new ArrayList<>(transactions);
    acknowledged.removeIf(each -> each.outcome != Recorded.Outcome.ACKNOWLEDGED);
    acknowledged.sort(Comparator.comparingLong(each -> each.acknowledgedAt));
    List<Recorded> began = new ArrayList<>(transactions);
    began.removeIf(each -> each.readVersion < 0);
    began.sort(Comparator.comparingLong(each -> each.beganAt));
    long newest = -1;
    int next = 0;
    for (Recorded each : began) {
      while (next < acknowledged.size() && acknowledged.get(next).acknowledgedAt < each.beganAt) {
        newest = Math.max(newest, acknowledged.get(next++).committedVersion);
      }
      require(
          each.readVersion >= newest,
          each.id
              + " reads version "
              + each.readVersion
              + " after "
              + newest
              + " was acknowledged");
    }
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
