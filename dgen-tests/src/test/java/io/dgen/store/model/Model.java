package io.dgen.store.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A store as its contract describes it, simple and slow: all rows after each commit, in a list.
 *
 * <p>Whether a commit conflicts is given by the store under test; the model says whether that is
 * right. It must, if an answer would be another one now, or if a key was written that was read by
 * itself or declared; it must not, if nothing was written between the first and the last key that
 * each read looked at.
 */
final class Model {

  /** What was committed, oldest first. */
  private final List<Commit> commits = new ArrayList<>();

  /**
   * A commit.
   *
   * @param rows all rows after it
   * @param written the keys that it wrote
   */
  record Commit(long version, NavigableMap<byte[], byte[]> rows, List<Span> written) {}

  Model() {
    commits.add(new Commit(0, new TreeMap<>(Arrays::compareUnsigned), List.of()));
  }

  Commit last() {
    return commits.get(commits.size() - 1);
  }

  /** A read whose answer the commit depends on. */
  private record Dependency(Reading reading, List<Write> before, View.Answer answer) {}

  /** A range that was declared to be read. */
  private record Declared(Span span, View before) {}

  /** What a read does. */
  @FunctionalInterface
  interface Reading {
    View.Answer in(View view);
  }

  /** One attempt of a transaction. */
  final class Attempt {

    final List<Write> writes = new ArrayList<>();
    final List<Span> declaredWrites = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<Declared> declaredReads = new ArrayList<>();

    /** The index of the commit that is seen; -1 as long as nothing was read. */
    private int snapshot = -1;

    private long readVersion;

    boolean isPinned() {
      return snapshot >= 0;
    }

    /** The read version; 0 if nothing was read yet. */
    long readVersion() {
      return readVersion;
    }

    /** Takes the newest rows for a snapshot. */
    void pin(long version) {
      snapshot = commits.size() - 1;
      readVersion = version;
    }

    View view() {
      return view(isPinned() ? commits.get(snapshot) : last(), writes);
    }

    private View view(Commit commit, List<Write> own) {
      return new View(commit.rows, own, readVersion);
    }

    View.Answer read(Reading reading) {
      return reading.in(view());
    }

    /** Notes that the commit depends on an answer that was given. */
    void depend(Reading reading, View.Answer answer) {
      dependencies.add(new Dependency(reading, List.copyOf(writes), answer));
    }

    void declareRead(Span span) {
      declaredReads.add(new Declared(span, view()));
    }

    /** The versionstamped keys that no later clear has dropped. */
    private List<Write.StampedKey> pending() {
      List<Write.StampedKey> pending = new ArrayList<>();
      for (Write write : writes) {
        if (write instanceof Write.StampedKey stamped) {
          pending.add(stamped);
        } else if (write instanceof Write.Clear clear) {
          pending.removeIf(each -> each.partIn(clear.span(), readVersion) == Write.Part.ALL);
        }
      }
      return pending;
    }

    /** Whether nobody can say what a clear does. */
    boolean isUndecided(Span cleared) {
      return pending().stream()
          .anyMatch(each -> each.partIn(cleared, readVersion) == Write.Part.SOME);
    }

    boolean wroteNothing() {
      return writes.isEmpty() && declaredWrites.isEmpty();
    }

    /** Whether the commit must fail, since others have written what it depends on. */
    boolean mustConflict() {
      if (wroteNothing() || !isPinned()) {
        return false;
      }
      for (Dependency each : dependencies) {
        View now = view(last(), each.before);
        if (!each.reading.in(now).value().equals(each.answer.value())) {
          return true;
        }
      }
      return writtenSince().stream()
          .filter(Span::isPoint)
          .map(Span::begin)
          .anyMatch(key -> isReadByItself(key) || isDeclared(key));
    }

    private boolean isReadByItself(byte[] key) {
      return dependencies.stream()
          .filter(each -> each.answer.examined().equals(List.of(Span.point(key))))
          .anyMatch(each -> !view(commits.get(snapshot), each.before).isDetermined(key));
    }

    private boolean isDeclared(byte[] key) {
      return declaredReads.stream()
          .anyMatch(each -> each.span.contains(key) && !each.before.isDetermined(key));
    }

    /** Whether the commit may fail. */
    boolean mayConflict() {
      if (wroteNothing() || !isPinned()) {
        return false;
      }
      List<Span> depended = new ArrayList<>();
      dependencies.forEach(each -> depended.add(Span.around(each.answer.examined())));
      declaredReads.forEach(each -> depended.add(each.span));
      return writtenSince().stream()
          .anyMatch(written -> depended.stream().anyMatch(written::meets));
    }

    private List<Span> writtenSince() {
      List<Span> written = new ArrayList<>();
      commits.subList(snapshot + 1, commits.size()).forEach(each -> written.addAll(each.written));
      return written;
    }

    /** Commits. */
    void commit(byte[] stamp, long version) {
      NavigableMap<byte[], byte[]> rows = new TreeMap<>(last().rows);
      List<Span> written = new ArrayList<>(declaredWrites);
      for (Write write : writes) {
        write.apply(rows, stamp);
        written.add(write.written(stamp));
      }
      commits.add(new Commit(version, rows, written));
    }
  }
}
