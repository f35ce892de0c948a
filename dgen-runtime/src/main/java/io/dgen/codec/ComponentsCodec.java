package io.dgen.codec;

import com.apple.foundationdb.tuple.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of records that have an id as one sub-path for each item: its {@link FractionalIndex} and
 * its id. An empty list is a term.
 *
 * <p>The indices are a part of the frozen list, which no user sees. {@link #freeze} makes them, of
 * nothing but the list before and the list after: so they are the same in each attempt of a
 * transaction, and those of an attempt that did not commit go with its state. A list without any
 * has those of a list that was appended to item by item: 0, 1, 2 ...
 */
final class ComponentsCodec<E, I> implements AssignsCodec<List<E>> {

  private final AssignsCodec<E> item;
  private final Function<E, @Nullable I> idOf;
  private final KeyCodec<I> ids;
  private final CollectionCodec<E, List<E>> term;

  ComponentsCodec(AssignsCodec<E> item, Function<E, @Nullable I> idOf, KeyCodec<I> ids) {
    this.item = item;
    this.idOf = idOf;
    this.ids = ids;
    this.term = new CollectionCodec<>(item, Frozen::list, Frozen::isList);
  }

  @Override
  public boolean hasParts(List<E> list) {
    return !list.isEmpty();
  }

  @Override
  public void put(StateWriter out, List<E> list) {
    byte[][] indices = indices(out, list);
    for (int i = 0; i < indices.length; i++) {
      out.putPart(element(indices[i], list.get(i)), item, list.get(i));
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // What is the same has not changed: frozen.
  public void change(StateWriter out, List<E> before, List<E> after) {
    if (Frozen.indices(before) == null
        && problem(before, 0, before.size(), new HashSet<>()) != null) {
      out.clearHere(); // It was a term, or had other ids, and could not be stored so now.
      put(out, after);
      return;
    }
    byte[][] was = indices(out, before);
    byte[][] is = indices(out, after);
    int shorter = Math.min(was.length, is.length);
    int start = 0;
    while (start < shorter && isInPlace(before, was, start, after, is, start)) {
      changeItem(out, is[start], before.get(start), after.get(start));
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && isInPlace(before, was, was.length - 1 - end, after, is, is.length - 1 - end)) {
      end++;
      changeItem(
          out, is[is.length - end], before.get(was.length - end), after.get(is.length - end));
    }
    Map<I, Integer> old = HashMap.newHashMap(was.length - start - end);
    for (int i = start; i < was.length - end; i++) {
      old.put(id(before.get(i)), i);
    }
    for (int i = start; i < is.length - end; i++) {
      E now = after.get(i);
      Integer at = old.get(id(now));
      if (at != null && Arrays.equals(was[at], is[i])) {
        old.remove(id(now));
        changeItem(out, is[i], before.get(at), now);
      } else {
        out.putPart(element(is[i], now), item, now);
      }
    }
    for (int at : old.values()) {
      out.clearPart(element(was[at], before.get(at)));
    }
  }

  private boolean isInPlace(
      List<E> before, byte[][] was, int at, List<E> after, byte[][] is, int now) {
    return Arrays.equals(was[at], is[now]) && isSameItem(before.get(at), after.get(now));
  }

  @SuppressWarnings("ReferenceEquality") // A short cut.
  private boolean isSameItem(E one, E other) {
    return one == other || id(one).equals(id(other));
  }

  @SuppressWarnings("ReferenceEquality") // What is the same has not changed: frozen.
  private void changeItem(StateWriter out, byte[] index, E before, E after) {
    if (before != after) {
      out.changePart(element(index, after), item, before, after);
    }
  }

  private byte[] element(byte[] index, E of) {
    return KeyElements.item(index, ids.element(id(of)));
  }

  /** The id of an item of a list that was checked. */
  private I id(E of) {
    I id = idOf.apply(of);
    if (id == null) {
      throw new IllegalStateException("an item without an id passed the check");
    }
    return id;
  }

  /** The indices of a list; one that has none is checked. */
  private byte[][] indices(StateWriter out, List<E> list) {
    byte[][] indices = Frozen.indices(list);
    if (indices == null) {
      String problem = problem(list, 0, list.size(), new HashSet<>());
      if (problem != null) {
        throw out.fail(problem);
      }
      indices = FractionalIndex.between(null, null, list.size());
    }
    return indices;
  }

  /** What makes a list one that cannot be stored, or null. Collects the ids of a part of it. */
  private @Nullable String problem(List<E> list, int from, int to, Set<I> seen) {
    for (int i = from; i < to; i++) {
      E it = list.get(i);
      if (it == null) {
        return "item " + i + " is null; leave it out";
      }
      I id = idOf.apply(it);
      if (id == null) {
        return "the id of item " + i + " is null; give each item an id";
      }
      if (!ids.isElement(id)) {
        return "the id of item "
            + i
            + " cannot be in a key; it must have at most "
            + KeyCodec.MAX_ELEMENT_BYTES
            + " bytes and no half of a surrogate pair";
      }
      if (!seen.add(id)) {
        return "two items have the id " + id + "; give each item its own";
      }
    }
    return null;
  }

  @Override
  public List<E> read(StateReader in) {
    List<E> items = new ArrayList<>();
    List<byte[]> indices = new ArrayList<>();
    Set<I> seen = new HashSet<>();
    boolean isSound = true;
    for (Tuple at = in.nextItem(); at != null; at = in.nextItem()) {
      E it = in.readPart(item);
      I id = it == null ? null : idOf.apply(it);
      // Another component may have been the id; then the list is stored anew.
      isSound &=
          id != null
              && ids.isElement(id)
              && ids.element(id).equals(at.get(1))
              && seen.add(id)
              && it != null;
      if (it != null) {
        items.add(it);
        indices.add(at.getBytes(0));
      } else {
        throw in.fail("an item is null");
      }
    }
    if (isSound) {
      return Frozen.indexed(items.toArray(), indices.toArray(byte[][]::new));
    }
    in.markOutdated();
    return Frozen.list(items.toArray());
  }

  @Override
  public void write(TermWriter out, @Nullable List<E> list) {
    term.write(out, list);
  }

  @Override
  public @Nullable List<E> read(TermReader in) {
    return term.read(in);
  }

  @Override
  public @Nullable List<E> freeze(@Nullable List<E> list) {
    return freeze(null, list);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // What is the same is frozen.
  public @Nullable List<E> freeze(@Nullable List<E> before, @Nullable List<E> after) {
    if (after == null || after == before || (before == null && Frozen.indices(after) != null)) {
      return after;
    }
    if (after.isEmpty()) {
      return term.missing();
    }
    @SuppressWarnings("unchecked") // It is a list of E.
    List<E> items = Frozen.list(after.toArray(new Object[0]));
    byte[][] indices = before == null ? null : Frozen.indices(before);
    Edit edit = new Edit(indices == null || before == null ? List.of() : before, items);
    String problem = edit.match();
    if (problem != null) {
      throw new CodecException("a list: " + problem);
    }
    return edit.frozen(indices == null ? new byte[0][] : indices);
  }

  @Override
  public List<E> missing() {
    return term.missing();
  }

  /** Where each item of a list was in the list before it. */
  private final class Edit {

    private final List<E> before;
    private final List<E> after;
    private final int[] positions;

    Edit(List<E> before, List<E> after) {
      this.before = before;
      this.after = after;
      this.positions = new int[after.size()];
    }

    /** Finds the positions; returns what is wrong with the new list, or null. */
    @Nullable String match() {
      int shorter = Math.min(before.size(), after.size());
      int start = 0;
      while (start < shorter && isSame(start, start)) {
        positions[start] = start;
        start++;
      }
      int end = after.size();
      int shift = before.size() - end;
      while (end > start && end + shift > start && isSame(end - 1 + shift, end - 1)) {
        end--;
        positions[end] = end + shift;
      }
      Set<I> ids = new HashSet<>();
      String problem = problem(after, start, end, ids);
      return problem != null ? problem : matchMiddle(start, end, shift, ids);
    }

    private @Nullable String matchMiddle(int start, int end, int shift, Set<I> added) {
      Map<I, Integer> old = new HashMap<>();
      for (int i = start; i < end + shift; i++) {
        I id = id(before.get(i));
        old.put(id, i);
        added.remove(id);
      }
      for (int i = start; i < end; i++) {
        positions[i] = old.getOrDefault(id(after.get(i)), -1);
      }
      // What is neither in the middle nor new is elsewhere.
      for (int i = 0; !added.isEmpty() && i < after.size(); i++) {
        I id = id(after.get(i));
        if ((i < start || i >= end) && added.contains(id)) {
          return "two items have the id " + id + "; give each item its own";
        }
      }
      return null;
    }

    @SuppressWarnings("ReferenceEquality") // A short cut.
    private boolean isSame(int old, int now) {
      E was = before.get(old);
      E is = after.get(now);
      return was == is || (is != null && id(was).equals(idOf.apply(is)));
    }

    List<E> frozen(byte[][] were) {
      boolean[] staying = ItemOrder.staying(positions);
      Object[] items = new Object[positions.length];
      byte[][] kept = new byte[positions.length][];
      for (int i = 0; i < positions.length; i++) {
        E old = positions[i] < 0 ? null : before.get(positions[i]);
        items[i] = item.freeze(old, after.get(i));
        if (staying[i]) {
          kept[i] = were[positions[i]];
        }
      }
      return Frozen.indexed(items, ItemOrder.fill(kept));
    }
  }
}
