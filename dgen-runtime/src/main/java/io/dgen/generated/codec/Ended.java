package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Bounded iteration over collections of users' classes: it fails if one of them yields more items
 * than its size.
 */
final class Ended {

  private Ended() {}

  /** Returns the items of a collection, for one iteration. */
  static <E> Iterable<E> of(Collection<E> items) {
    return isKnown(items) ? items : () -> new Counted<>(items.iterator(), items, items.size());
  }

  /** Returns the entries of a map, for one iteration. */
  static <K, V> Iterable<Map.Entry<K, V>> entries(Map<K, V> map) {
    return Frozen.isMap(map) || Frozen.isUnmodifiable(map) ? map.entrySet() : of(map.entrySet());
  }

  /** Returns the items of a collection, in an array that belongs to the caller. */
  static Object[] toArray(Collection<?> items) {
    if (isKnown(items)) {
      return items.toArray();
    }
    ArrayList<Object> walked = new ArrayList<>(Math.min(items.size(), 1000));
    of(items).forEach(walked::add);
    return walked.toArray();
  }

  /** Returns whether a collection is of a known class, as most are, and needs no bound. */
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
                + " has a size of "
                + size
                + " items, but its iterator returns more: it may be endless, or another thread"
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
