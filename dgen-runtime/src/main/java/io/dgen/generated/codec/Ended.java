package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Walks over collections that users made, which end: no class of a user's gives more items than it
 * says that it has.
 */
final class Ended {

  private Ended() {}

  /** The items of a collection, to be walked over once. */
  static <E> Iterable<E> of(Collection<E> items) {
    return isKnown(items) ? items : () -> new Counted<>(items.iterator(), items, items.size());
  }

  /** The entries of a map, to be walked over once. */
  static <K, V> Iterable<Map.Entry<K, V>> entries(Map<K, V> map) {
    return Frozen.isMap(map) || Frozen.isUnmodifiable(map) ? map.entrySet() : of(map.entrySet());
  }

  /** The items of a collection, in an array that belongs to the caller. */
  static Object[] toArray(Collection<?> items) {
    if (isKnown(items)) {
      return items.toArray();
    }
    ArrayList<Object> walked = new ArrayList<>(Math.min(items.size(), 1000));
    of(items).forEach(walked::add);
    return walked.toArray();
  }

  /** Most collections are of these classes, which need not be watched. */
  private static boolean isKnown(Collection<?> items) {
    return items.getClass() == ArrayList.class
        || Frozen.isList(items)
        || Frozen.isSet(items)
        || Frozen.isUnmodifiable(items);
  }

  private static final class Counted<E> implements Iterator<E> {

    private final Iterator<E> items;
    private final Collection<E> source;
    private final int size;
    private int left;

    Counted(Iterator<E> items, Collection<E> source, int size) {
      this.items = items;
      this.source = source;
      this.size = size;
      this.left = size;
    }

    @Override
    public boolean hasNext() {
      boolean more = items.hasNext();
      if (more && left <= 0) {
        throw new CodecException(
            "a "
                + source.getClass().getName()
                + " says that it has "
                + size
                + " items, and its iterator gives more: it may have no end, or another thread"
                + " changes it");
      }
      return more;
    }

    @Override
    public E next() {
      if (left-- <= 0) {
        throw new NoSuchElementException();
      }
      return items.next();
    }
  }
}
