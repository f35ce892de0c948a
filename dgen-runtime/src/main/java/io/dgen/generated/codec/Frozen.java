package io.dgen.generated.codec;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable collections that keep their order and may hold nulls. Only codecs make them, and only
 * of frozen elements, so a callback can return one and it need not be checked again.
 */
final class Frozen {

  // The classes of List.of, Stream.toList, Set.of, Map.of and the copyOf methods.
  private static final Class<?> LIST_12 = List.of(1).getClass();
  private static final Class<?> LIST_N = List.of().getClass();
  private static final Class<?> SET_12 = Set.of(1).getClass();
  private static final Class<?> SET_N = Set.of().getClass();
  private static final Class<?> MAP_1 = Map.of(1, 1).getClass();
  private static final Class<?> MAP_N = Map.of().getClass();

  private Frozen() {}

  /** Returns a list of the items of an array, which it takes over. */
  static <E> List<E> list(Object[] items) {
    return new FrozenList<>(items);
  }

  /**
   * Returns a list that knows the index of each item; it takes over the arrays.
   *
   * @param hashes the hash code of each item's id
   */
  static <E> IndexedList<E> indexed(Object[] items, byte[][] indices, int[] hashes) {
    return new IndexedList<>(items, indices, hashes, null, 0, 0);
  }

  /** Returns the indices of a list that knows them, else null. The caller must not change them. */
  static byte @Nullable [][] indices(List<?> list) {
    return list instanceof IndexedList<?> indexed ? indexed.indices : null;
  }

  /** Returns the list as one that knows its indices, or null if it is not one. */
  static @Nullable IndexedList<?> indexed(@Nullable List<?> list) {
    return list instanceof IndexedList<?> indexed ? indexed : null;
  }

  /** Returns the items of a list. The caller must not change them: a codec's list is not copied. */
  static Object[] items(List<?> list) {
    return list instanceof FrozenList<?> frozen ? frozen.items : Ended.toArray(list);
  }

  /** Returns a set of the items of an array, in their order. */
  @SuppressWarnings("unchecked") // As with list.
  static <E> SequencedSet<E> set(Object[] items) {
    LinkedHashSet<E> set = LinkedHashSet.newLinkedHashSet(items.length);
    for (Object item : items) {
      set.add((E) item);
    }
    return new FrozenSet<>(set);
  }

  /** Returns a map in the order of the given one, which it takes over. */
  static <K, V> SequencedMap<K, V> map(SequencedMap<K, V> entries) {
    return new FrozenMap<>(entries);
  }

  /**
   * Returns a map whose keys can all be in a state's keys and are in the order of those; it takes
   * over the argument.
   */
  static <K, V> Map<K, V> sorted(SequencedMap<K, V> entries) {
    return new SortedEntries<>(entries);
  }

  /**
   * Returns a sorted map that was made from another one.
   *
   * @param difference how it differs from that one
   */
  static <K, V> Map<K, V> sorted(
      SequencedMap<K, V> entries, Map<K, V> before, Difference<K> difference) {
    Object origin = before instanceof SortedEntries<?, ?> it ? it.token : null;
    return new SortedEntries<>(entries, origin, difference);
  }

  /** The difference of a map from the one that it was made from, by key. */
  record Difference<K>(List<K> removed, List<K> changed, List<K> added) {}

  /** Returns how the second map differs from the first; null if that is not known. */
  @SuppressWarnings("unchecked") // It was made from a map with the same keys.
  static <K> @Nullable Difference<K> difference(Map<K, ?> before, Map<K, ?> after) {
    return after instanceof SortedEntries<?, ?> it
            && before instanceof SortedEntries<?, ?> old
            && old.token.equals(it.origin)
        ? (Difference<K>) it.difference
        : null;
  }

  /** Returns whether {@link #sorted} made the map. */
  static boolean isSorted(Map<?, ?> map) {
    return map instanceof SortedEntries;
  }

  /** Returns whether {@link #list} or {@link #indexed} made the list. */
  static boolean isList(Object list) {
    return list instanceof FrozenList;
  }

  /** Returns whether {@link #set} made the set. */
  static boolean isSet(Object set) {
    return set instanceof FrozenSet;
  }

  /** Returns whether {@link #map} or {@link #sorted} made the map. */
  static boolean isMap(Object map) {
    return map instanceof FrozenMap;
  }

  /**
   * Returns whether the JDK made the collection and it is unmodifiable, though its elements may be
   * mutable.
   */
  static boolean isUnmodifiable(Object collection) {
    Class<?> type = collection.getClass();
    return type == LIST_N
        || type == LIST_12
        || type == SET_N
        || type == SET_12
        || type == MAP_N
        || type == MAP_1;
  }

  static class FrozenList<E> extends AbstractList<E> implements RandomAccess {

    final Object[] items;

    FrozenList(Object[] items) {
      this.items = items;
    }

    @Override
    @SuppressWarnings("unchecked") // Frozen.list gets an array that is an E[] except for its class.
    public E get(int index) {
      return (E) items[index];
    }

    @Override
    public int size() {
      return items.length;
    }

    @Override
    public Object[] toArray() {
      return items.clone();
    }
  }

  /** A list of items with ids, with the data that an edit needs: none of the arrays is changed. */
  static final class IndexedList<E> extends FrozenList<E> {

    final byte[][] indices;

    /** The hash of each item's id, to look up whether a new id is already in the list. */
    final int[] hashes;

    /** Identifies this list to those made from it, without a reference that would keep it alive. */
    private final Object token = new Object();

    /** Identifies the list that this one was made from; null for none. */
    private final @Nullable Object origin;

    /**
     * All items before this one are in that list too, at the same position and under the same
     * index.
     */
    private final int from;

    /** This item and all after it are in that list too, at the same position from the end. */
    private final int to;

    private IndexedList(
        Object[] items, byte[][] indices, int[] hashes, @Nullable Object origin, int from, int to) {
      super(items);
      this.indices = indices;
      this.hashes = hashes;
      this.origin = origin;
      this.from = from;
      this.to = to;
    }

    /** Returns this list as one made from another, from which it differs in a range. */
    IndexedList<E> madeOf(IndexedList<?> before, int first, int behind) {
      return new IndexedList<>(items, indices, hashes, before.token, first, behind);
    }

    private boolean isMadeOf(IndexedList<?> before) {
      return before.token.equals(origin);
    }
  }

  /** Returns the position from which two lists may differ: 0 if nothing is known. */
  static int firstChange(List<?> before, List<?> after) {
    return after instanceof IndexedList<?> it
            && before instanceof IndexedList<?> old
            && it.isMadeOf(old)
        ? it.from
        : 0;
  }

  /**
   * Returns the position in the second list from which two lists are the same: its size if nothing
   * is known.
   */
  static int lastChange(List<?> before, List<?> after) {
    return after instanceof IndexedList<?> it
            && before instanceof IndexedList<?> old
            && it.isMadeOf(old)
        ? it.to
        : after.size();
  }

  private static final class FrozenSet<E> extends AbstractSet<E> implements SequencedSet<E> {

    private final SequencedSet<E> items;

    FrozenSet(SequencedSet<E> items) {
      this.items = Collections.unmodifiableSequencedSet(items);
    }

    @Override
    public SequencedSet<E> reversed() {
      return new FrozenSet<>(items.reversed());
    }

    @Override
    public Iterator<E> iterator() {
      return items.iterator();
    }

    @Override
    public int size() {
      return items.size();
    }

    @Override
    public boolean contains(@Nullable Object item) {
      return items.contains(item);
    }
  }

  private static class FrozenMap<K, V> extends AbstractMap<K, V> implements SequencedMap<K, V> {

    private final SequencedMap<K, V> entries;

    FrozenMap(SequencedMap<K, V> entries) {
      this.entries = Collections.unmodifiableSequencedMap(entries);
    }

    @Override
    public SequencedMap<K, V> reversed() {
      return new FrozenMap<>(entries.reversed());
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
      return entries.entrySet();
    }

    @Override
    public int size() {
      return entries.size();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return entries.containsKey(key);
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
      return entries.get(key);
    }
  }

  private static final class SortedEntries<K, V> extends FrozenMap<K, V> {

    /** Identifies this map to those made from it, without a reference that would keep it alive. */
    private final Object token = new Object();

    /** Identifies the map that this one was made from; null for none. */
    private final @Nullable Object origin;

    private final @Nullable Difference<K> difference;

    SortedEntries(SequencedMap<K, V> entries) {
      this(entries, null, null);
    }

    SortedEntries(
        SequencedMap<K, V> entries, @Nullable Object origin, @Nullable Difference<K> difference) {
      super(entries);
      this.origin = origin;
      this.difference = difference;
    }
  }
}
