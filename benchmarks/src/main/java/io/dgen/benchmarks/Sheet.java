package io.dgen.benchmarks;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A state with a record of twenty components and a list of ten thousand items, and an order. */
@DistributedServer
interface Sheet {

  int ROWS = 10_000;

  record Wide(
      long c1,
      long c2,
      long c3,
      long c4,
      long c5,
      long c6,
      long c7,
      long c8,
      long c9,
      long c10,
      String c11,
      String c12,
      String c13,
      String c14,
      String c15,
      String c16,
      String c17,
      String c18,
      String c19,
      String c20) {

    /** The same but for the first component. */
    Wide with(long first) {
      return new Wide(
          first, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19,
          c20);
    }
  }

  record Row(long id, String name, long amount) {}

  record State(Wide wide, List<Row> rows) {}

  enum Kind {
    BOOK,
    RECORD
  }

  record Line(String article, int count, long cents) {}

  record Order(
      String id,
      String customer,
      long placed,
      boolean paid,
      double discount,
      Kind kind,
      List<Line> lines)
      implements Cast {}

  default State init() {
    return full();
  }

  default State handleCast(Order message, State state) {
    return Edit.ITEM_CHANGED.of(state);
  }

  /** A state with something in each component. */
  static State full() {
    Wide wide =
        new Wide(
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty");
    return new State(
        wide, LongStream.range(0, ROWS).mapToObj(i -> new Row(i, "row " + i, i)).toList());
  }

  /** An order of five lines, some 250 bytes as a term. */
  static Order order() {
    return new Order(
        "2026-000117",
        "Ada Lovelace",
        1_700_000_000_000L,
        true,
        0.05,
        Kind.BOOK,
        LongStream.range(0, 5).mapToObj(i -> new Line("article " + i, (int) i, 1_999)).toList());
  }

  /** The edits that are measured. */
  enum Edit {
    COMPONENT("1 of 20 components") {
      @Override
      State of(State state) {
        return new State(state.wide().with(state.wide().c1() + 1), state.rows());
      }
    },
    ITEM_CHANGED("1 of 10,000 items changed") {
      @Override
      void apply(List<Row> rows) {
        Row row = rows.get(ROWS / 2);
        rows.set(ROWS / 2, new Row(row.id(), row.name(), row.amount() + 1));
      }
    },
    ITEM_MOVED("1 of 10,000 items moved") {
      @Override
      void apply(List<Row> rows) {
        rows.add(10, rows.remove(ROWS - 10));
      }
    },
    ITEM_FIRST("1 item inserted at the front of 10,000") {
      @Override
      void apply(List<Row> rows) {
        rows.addFirst(new Row(ROWS, "new", 0));
      }
    };

    private final String text;

    Edit(String text) {
      this.text = text;
    }

    /** What a callback would return. */
    State of(State state) {
      List<Row> rows = new ArrayList<>(state.rows());
      apply(rows);
      return new State(state.wide(), rows);
    }

    void apply(List<Row> rows) {
      throw new IllegalStateException(this + " is no edit of rows");
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
