package io.dgen.benchmarks;

import io.dgen.benchmarks.Load.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One line of a table: what came of the same thing, done several times. */
final class Row {

  private final String name;
  private final List<Figures> rounds = new ArrayList<>();

  Row(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(boolean counts, Figures figures) {
    if (counts) {
      rounds.add(figures);
    }
  }

  /** The median round by rate. */
  Figures median() {
    rounds.sort(Comparator.comparingDouble(Figures::perSecond));
    return rounds.get(rounds.size() / 2);
  }
}
