package io.dgen.generated.codec;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
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
 * <p>The indices are part of the frozen list and invisible to users. {@link #freeze} derives them
 * from nothing but the list before and the list after: so they are the same in each attempt of a
 * transaction, and those of an attempt that did not commit are dropped with its state. A list that
 * has no indices gets those of a list that was appended to item by item: 0, 1, 2 ...
 */
final class ComponentsCodec<E, I> implements ComponentwiseCodec<List<E>> {

  private final ComponentwiseCodec<E> item;
  private final Function<E, @Nullable I> idOf;
  private final KeyCodec<I> ids;
  private final CollectionCodec<E, List<E>> term;

  ComponentsCodec(ComponentwiseCodec<E> item, Function<E, @Nullable I> idOf, KeyCodec<I> ids) {
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
  @SuppressWarnings(
      "ReferenceEquality") // Comparing identity is enough: frozen values never change.
  public void change(StateWriter out, List<E> before, List<E> after) {
    if (Frozen.indices(before) == null
        && problem(Frozen.items(before), 0, before.size(), new HashSet<>()) != null) {
      out.clearHere(); // It was a term, or had ids of another kind, and could not be stored in
      // that form now.
      put(out, after);
      return;
    }
    byte[][] was = indices(out, before);
    byte[][] is = indices(out, after);
    Object[] old = Frozen.items(before);
    Object[] now = Frozen.items(after);
    int shift = was.length - is.length;
    int start = Frozen.firstChange(before, after);
    int end = Frozen.lastChange(before, after);
    while (start < end
        && start < end + shift
        && isInPlace(old[start], was[start], now[start], is[start])) {
      changeItem(out, is[start], old[start], now[start]);
      start++;
    }
    while (end > start
        && end + shift > start
        && isInPlace(old[end - 1 + shift], was[end - 1 + shift], now[end - 1], is[end - 1])) {
      end--;
      changeItem(out, is[end], old[end + shift], now[end]);
    }
    Map<I, Integer> gone = HashMap.newHashMap(end + shift - start);
    for (int i = start; i < end + shift; i++) {
      gone.put(id(item(old, i)), i);
    }
    for (int i = start; i < end; i++) {
      E it = item(now, i);
      Integer at = gone.get(id(it));
      if (at != null && Arrays.equals(was[at], is[i])) {
        gone.remove(id(it));
        changeItem(out, is[i], old[at], it);
      } else {
        out.putPart(element(is[i], it), item, it);
      }
    }
    for (int at : gone.values()) {
      out.clearPart(element(was[at], item(old, at)));
    }
  }

  @SuppressWarnings("ReferenceEquality") // A shortcut: an edit keeps the arrays of indices.
  private boolean isInPlace(Object old, byte[] was, Object now, byte[] is) {
    return (was == is || Arrays.equals(was, is)) && (old == now || isSameItem(old, now));
  }

  @SuppressWarnings("unchecked") // The items of a list of E.
  private boolean isSameItem(Object old, Object now) {
    return id((E) old).equals(id((E) now));
  }

  @SuppressWarnings({
    "ReferenceEquality",
    "unchecked"
  }) // Comparing identity is enough: frozen values never change.
  private void changeItem(StateWriter out, byte[] index, Object before, Object after) {
    if (before != after) {
      out.changePart(element(index, (E) after), item, (E) before, (E) after);
    }
  }

  @SuppressWarnings("unchecked") // The items of a list of E.
  private E item(Object[] items, int index) {
    return (E) items[index];
  }

  private byte[] element(byte[] index, E of) {
    return KeyElements.item(index, ids.element(id(of)));
  }

  /** Returns the id of an item of a list that has been checked. */
  private I id(E of) {
    I id = idOf.apply(of);
    if (id == null) {
      throw new IllegalStateException("an item without an id passed the check");
    }
    return id;
  }

  /** Returns how many leading items two lists have in common, by identity. */
  @SuppressWarnings(
      "ReferenceEquality") // Comparing identity is enough: frozen values never change.
  private static int sameAtStart(Object[] before, Object[] after) {
    int shorter = Math.min(before.length, after.length);
    int same = 0;
    while (same < shorter && before[same] == after[same]) {
      same++;
    }
    return same;
  }

  /** Returns how many trailing items two lists have in common, not counting the leading ones. */
  @SuppressWarnings("ReferenceEquality") // As above.
  private static int sameAtEnd(Object[] before, Object[] after, int start) {
    int most = Math.min(before.length, after.length) - start;
    int shift = before.length - after.length;
    int from = after.length - most;
    int at = after.length - 1;
    while (at >= from && before[at + shift] == after[at]) {
      at--;
    }
    return after.length - 1 - at;
  }

  /** Returns the indices of a list; a list that has none is checked first. */
  private byte[][] indices(StateWriter out, List<E> list) {
    byte[][] indices = Frozen.indices(list);
    if (indices == null) {
      String problem = problem(Frozen.items(list), 0, list.size(), new HashSet<>());
      if (problem != null) {
        throw out.fail(problem);
      }
      indices = FractionalIndex.between(null, null, list.size());
    }
    return indices;
  }

  /** Returns why a list cannot be stored, or null if it can. Collects the ids of a range of it. */
  private @Nullable String problem(Object[] list, int from, int to, Set<I> seen) {
    for (int i = from; i < to; i++) {
      E it = item(list, i);
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
            + " bytes and no unpaired surrogate";
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
      // Another component may have been the id; then the list is written afresh.
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
      int[] hashes = items.stream().mapToInt(it -> id(it).hashCode()).toArray();
      return Frozen.indexed(items.toArray(), indices.toArray(byte[][]::new), hashes);
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
  @SuppressWarnings("ReferenceEquality") // The same instance is frozen already.
  public @Nullable List<E> freeze(@Nullable List<E> before, @Nullable List<E> after) {
    if (after == null || after == before) {
      return after;
    }
    Frozen.IndexedList<?> indexed = Frozen.indexed(after);
    if (before == null && indexed != null) {
      return item.isFixed() ? after : copied(indexed);
    }
    if (after.isEmpty()) {
      return term.missing();
    }
    Edit edit = new Edit(Frozen.indexed(before), after);
    String problem = edit.match();
    if (problem != null) {
      throw new CodecException("a list: " + problem);
    }
    return edit.isNone() && before != null ? before : edit.frozen();
  }

  /** Returns a list of copied items, under the same keys. */
  private List<E> copied(Frozen.IndexedList<?> list) {
    Object[] items = list.toArray();
    for (int i = 0; i < items.length; i++) {
      items[i] = item.freeze(null, item(items, i));
    }
    return Frozen.indexed(items, list.indices, list.hashes);
  }

  @Override
  public boolean isFixed() {
    return item.isFixed();
  }

  @Override
  public List<E> missing() {
    return term.missing();
  }

  /**
   * An edit of a frozen list. The items at its beginning and its end that are unchanged are only
   * compared; everything else is done for the items between them, the middle, so that the cost of
   * an edit depends on its size.
   */
  private final class Edit {

    private static final Object[] NO_ITEMS = {};
    private static final byte[][] NO_INDICES = {};
    private static final int[] NO_HASHES = {};

    /** Up to this many new ids are looked up one by one. */
    private static final int FEW = 4;

    private final Frozen.@Nullable IndexedList<?> list;
    private final Object[] before;
    private final byte[][] were;
    private final int[] hashes;

    /** The new list's items: a private array, whose items are frozen one by one. */
    private final Object[] items;

    /** The offset of the items after the middle: their old position minus their new one. */
    private final int shift;

    /** All items before {@code from} and from {@code to} on are the same instances. */
    private final int from;

    private final int to;

    /** The bounds of the middle in the new list: its first item, and the one after its last. */
    private int start;

    private int end;

    /** The old position within the middle of each item of the middle, or -1 if it is new. */
    private int[] positions = {};

    Edit(Frozen.@Nullable IndexedList<?> before, List<E> after) {
      this.list = before;
      this.before = before == null ? NO_ITEMS : before.items;
      this.were = before == null ? NO_INDICES : before.indices;
      this.hashes = before == null ? NO_HASHES : before.hashes;
      this.items = Ended.toArray(after);
      this.shift = this.before.length - items.length;
      this.from = sameAtStart(this.before, items);
      this.to = items.length - sameAtEnd(this.before, items, from);
      this.start = from;
      this.end = to;
    }

    /**
     * Finds the middle, and the old positions of its items; returns the problem with the list, or
     * null.
     */
    @Nullable String match() {
      while (start < end && start < end + shift && isKept(start, start)) {
        start++;
      }
      while (end > start && end + shift > start && isKept(end - 1 + shift, end - 1)) {
        end--;
      }
      Set<I> ids = HashSet.newHashSet(end - start);
      String problem = problem(items, start, end, ids);
      return problem != null ? problem : matchMiddle(ids);
    }

    /** Returns whether an item is the one at an old position; if so, it is frozen. */
    private boolean isKept(int old, int now) {
      E is = item(items, now);
      E was = item(before, old);
      if (is == null || !id(was).equals(idOf.apply(is))) {
        return false;
      }
      items[now] = item.freeze(was, is);
      return true;
    }

    private @Nullable String matchMiddle(Set<I> added) {
      Map<I, Integer> old = HashMap.newHashMap(end + shift - start);
      for (int i = start; i < end + shift; i++) {
        I id = id(item(before, i));
        old.put(id, i - start);
        added.remove(id);
      }
      positions = new int[end - start];
      for (int i = start; i < end; i++) {
        positions[i - start] = old.getOrDefault(id(item(items, i)), -1);
      }
      I twice = added.isEmpty() ? null : elsewhere(added);
      return twice == null ? null : "two items have the id " + twice + "; give each item its own";
    }

    /** Returns the id of an item outside the middle that a new item has too, or null. */
    private @Nullable I elsewhere(Set<I> added) {
      // The hashes are in an array, so the items themselves need not be read.
      if (added.size() <= FEW) {
        for (I id : added) {
          if (isAmong(id, 0, start) || isAmong(id, end + shift, hashes.length)) {
            return id;
          }
        }
        return null;
      }
      int bits = Math.max(12, 36 - Integer.numberOfLeadingZeros(added.size()));
      long[] filter = new long[1 << (bits - 6)];
      for (I id : added) {
        int bit = spread(id.hashCode(), bits);
        filter[bit >>> 6] |= 1L << bit;
      }
      I twice = among(added, filter, bits, 0, start);
      return twice != null ? twice : among(added, filter, bits, end + shift, hashes.length);
    }

    private boolean isAmong(I id, int first, int behind) {
      int hash = id.hashCode();
      for (int i = first; i < behind; i++) {
        if (hashes[i] == hash && id(item(before, i)).equals(id)) {
          return true;
        }
      }
      return false;
    }

    private @Nullable I among(Set<I> added, long[] filter, int bits, int first, int behind) {
      for (int i = first; i < behind; i++) {
        int bit = spread(hashes[i], bits);
        if ((filter[bit >>> 6] & 1L << bit) != 0) {
          I id = id(item(before, i));
          if (added.contains(id)) {
            return id;
          }
        }
      }
      return null;
    }

    private static int spread(int hash, int bits) {
      return (hash * 0x9E3779B9) >>> (32 - bits);
    }

    /** Returns whether all items are the same instances as before. */
    boolean isNone() {
      return shift == 0 && from == to;
    }

    List<E> frozen() {
      if (shift == 0 && start == end) {
        return madeOfBefore(Frozen.indexed(items, were, hashes));
      }
      byte[][] indices = new byte[items.length][];
      System.arraycopy(were, 0, indices, 0, start);
      System.arraycopy(were, end + shift, indices, end, items.length - end);
      int[] newHashes = new int[items.length];
      System.arraycopy(hashes, 0, newHashes, 0, start);
      System.arraycopy(hashes, end + shift, newHashes, end, items.length - end);
      boolean[] staying = ItemOrder.staying(positions);
      for (int i = start; i < end; i++) {
        int at = positions[i - start];
        if (staying[i - start]) {
          indices[i] = were[start + at];
        }
        newHashes[i] = id(item(items, i)).hashCode();
        items[i] = item.freeze(at < 0 ? null : item(before, start + at), item(items, i));
      }
      boolean rebalanced = ItemOrder.fill(indices, start, end);
      Frozen.IndexedList<E> after = Frozen.indexed(items, indices, newHashes);
      return rebalanced ? after : madeOfBefore(after);
    }

    private List<E> madeOfBefore(Frozen.IndexedList<E> after) {
      return list == null ? after : after.madeOf(list, from, to);
    }
  }
}
