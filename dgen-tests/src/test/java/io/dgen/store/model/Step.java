package io.dgen.store.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One step of a history: what is done in which of the transactions that are open side by side. The
 * numbers choose among what there is at its turn, so that a history still makes sense when steps
 * are left out.
 */
record Step(int transaction, Kind kind, int first, int second, int third, int fourth) {

  /** What a step does, and how often among how many. */
  enum Kind {
    GET(6),
    GET_KEY(5),
    GET_RANGE(8),
    READ_VERSION(2),
    SET(8),
    CLEAR(6),
    CLEAR_RANGE(10),
    ADD(5),
    STAMPED_KEY(10),
    STAMPED_VALUE(3),
    READ_CONFLICT(2),
    WRITE_CONFLICT(2),
    WATCH(1),
    VERSIONSTAMP(1),
    COMMIT(16),
    RESET(1),
    CANCEL(1),
    CLOSE(1);

    final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  /** Random steps. */
  static List<Step> history(Random random, int length) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      steps.add(
          new Step(
              random.nextInt(3),
              kind(random),
              number(random),
              number(random),
              number(random),
              number(random)));
    }
    return steps;
  }

  private static Kind kind(Random random) {
    int total = 0;
    for (Kind kind : Kind.values()) {
      total += kind.weight;
    }
    int at = random.nextInt(total);
    for (Kind kind : Kind.values()) {
      at -= kind.weight;
      if (at < 0) {
        return kind;
      }
    }
    throw new AssertionError();
  }

  private static int number(Random random) {
    return random.nextInt(1 << 30);
  }
}
