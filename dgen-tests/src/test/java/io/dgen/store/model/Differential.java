package io.dgen.store.model;

import io.dgen.store.Keys;
import io.dgen.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs random histories on a store and on the model. A history that fails is made as short as it
 * gets, and printed.
 */
public final class Differential {

  private static final int LENGTH = 60;
  private static final int MAX_RERUNS = 400;

  private final Store store;
  private final byte[] prefix;
  private final History.Tally tally;
  private int histories;

  /**
   * Makes one.
   *
   * @param store the store under test
   * @param prefix of the keys to use
   * @param isExact whether a conflict that the model cannot explain is a fault
   */
  public Differential(Store store, byte[] prefix, boolean isExact) {
    this.store = store;
    this.prefix = prefix;
    this.tally = new History.Tally(isExact);
  }

  /**
   * Runs the histories of some seeds.
   *
   * @return what happened in them
   * @throws AssertionError if the store and the model differ
   */
  public String run(long firstSeed, long seeds) {
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      List<Step> steps = Step.history(new Random(seed), LENGTH);
      Failure failure = failure(steps);
      if (failure != null) {
        throw new AssertionError(
            "seed " + seed + ", after " + tally + ":\n" + shortest(steps, failure));
      }
    }
    tally.check(seeds);
    return tally.toString();
  }

  private record Failure(String message, List<String> log) {

    @Override
    public String toString() {
      return String.join("\n", log) + "\n" + message;
    }
  }

  private @Nullable Failure failure(List<Step> steps) {
    byte[] own = Keys.join(prefix, KeyShapes.number(++histories));
    History history = new History(store, own, tally);
    try {
      history.run(steps);
      return null;
    } catch (History.Mismatch e) {
      return new Failure(history.withoutPrefix(String.valueOf(e.getMessage())), history.log());
    }
  }

  /** Leaves out what is not needed to fail. */
  private Failure shortest(List<Step> steps, Failure first) {
    List<Step> left = steps;
    Failure failure = first;
    int reruns = 0;
    for (int size = steps.size() / 2; size > 0; size = size > 1 ? size / 2 : 0) {
      for (int from = 0; from < left.size() && reruns < MAX_RERUNS; ) {
        List<Step> fewer = new ArrayList<>(left.subList(0, from));
        fewer.addAll(left.subList(Math.min(left.size(), from + size), left.size()));
        reruns++;
        Failure again = failure(fewer);
        if (again == null) {
          from += size;
        } else {
          left = fewer;
          failure = again;
        }
      }
    }
    return failure;
  }
}
