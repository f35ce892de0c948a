package io.dgen.tests.property;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * One edit of a list of items.
 *
 * @param kind what is done
 * @param from where; taken modulo the length of the list
 * @param to where to, likewise
 */
record ListEdit(Kind kind, int from, int to) {

  enum Kind {
    APPEND,
    PREPEND,
    INSERT,
    REMOVE,
    CHANGE,
    MOVE,
    SWAP,
    REVERSE,
    SHUFFLE,
    ROTATE,
    REPLACE,
    CLEAR
  }

  /** Makes new items, and changes others. */
  record Items<E>(LongFunction<E> create, UnaryOperator<E> change) {}

  /** The edits applied to a copy, one after another; the number of each new item is its own. */
  static <E> List<E> all(List<ListEdit> edits, List<E> list, Items<E> items, long firstNumber) {
    List<E> edited = new ArrayList<>(list);
    long number = firstNumber;
    for (ListEdit edit : edits) {
      edit.apply(edited, items, number++);
    }
    return edited;
  }

  private <E> void apply(List<E> list, Items<E> items, long number) {
    int gap = Math.floorMod(to, list.size() + 1);
    switch (kind) {
      case APPEND -> list.addLast(items.create().apply(number));
      case PREPEND -> list.addFirst(items.create().apply(number));
      case INSERT -> list.add(gap, items.create().apply(number));
      case CLEAR -> {
        if (from % 5 == 0) { // Or no list would ever grow.
          list.clear();
        }
      }
      case REVERSE -> Collections.reverse(list);
      case SHUFFLE -> Collections.shuffle(list, new Random(from));
      case ROTATE -> Collections.rotate(list, from % 3);
      default -> {
        if (!list.isEmpty()) {
          applyToOne(list, items, number);
        }
      }
    }
  }

  private <E> void applyToOne(List<E> list, Items<E> items, long number) {
    int at = Math.floorMod(from, list.size());
    int other = Math.floorMod(to, list.size());
    switch (kind) {
      case REMOVE -> list.remove(at);
      case CHANGE -> list.set(at, items.change().apply(list.get(at)));
      case REPLACE -> list.set(at, items.create().apply(number));
      case MOVE -> list.add(other, list.remove(at));
      case SWAP -> Collections.swap(list, at, other);
      default -> throw new AssertionError(kind);
    }
  }
}
