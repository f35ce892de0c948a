package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A map as one sub-path for each entry. It is ordered by key, in memory as well, since otherwise
 * nodes that share a state would disagree. A map that is empty, or that has a key that cannot be in
 * a key of the store, is a term.
 */
final class EntriesCodec<K, V> implements ComponentwiseCodec<Map<K, V>> {

  private final KeyCodec<K> key;
  private final TermCodec<V> value;
  private final MapCodec<K, V, Map<K, V>> term;

  EntriesCodec(KeyCodec<K> key, TermCodec<V> value) {
    this.key = key;
    this.value = value;
    this.term = new MapCodec<>(key, value, map -> map);
  }

  @Override
  public boolean hasParts(Map<K, V> map) {
    if (Frozen.isSorted(map)) {
      return true;
    }
    for (Map.Entry<K, V> entry : Ended.entries(map)) {
      if (!key.isElement(entry.getKey())) {
        return false;
      }
    }
    return !map.isEmpty();
  }

  @Override
  public void put(StateWriter out, Map<K, V> map) {
    for (Map.Entry<K, V> entry : map.entrySet()) {
      out.putPart(element(entry.getKey()), value, entry.getValue());
    }
  }

  @Override
  @SuppressWarnings(
      "ReferenceEquality") // Comparing identity is enough: frozen values never change.
  public void change(StateWriter out, Map<K, V> before, Map<K, V> after) {
    Frozen.Difference<K> known = Frozen.difference(before, after);
    if (known != null) {
      for (K it : known.removed()) {
        out.clearPart(element(it));
      }
      for (K it : known.changed()) {
        out.changePart(element(it), value, before.get(it), after.get(it));
      }
      for (K it : known.added()) {
        out.putPart(element(it), value, after.get(it));
      }
      return;
    }
    for (Map.Entry<K, V> entry : after.entrySet()) {
      V old = before.get(entry.getKey());
      V now = entry.getValue();
      if (old == null && !before.containsKey(entry.getKey())) {
        out.putPart(element(entry.getKey()), value, now);
      } else if (old != now) {
        out.changePart(element(entry.getKey()), value, old, now);
      }
    }
    for (K old : before.keySet()) {
      if (!after.containsKey(old)) {
        out.clearPart(element(old));
      }
    }
  }

  private byte[] element(K it) {
    return KeyElements.entry(key.element(it));
  }

  @Override
  public Map<K, V> read(StateReader in) {
    LinkedHashMap<K, @Nullable V> map = new LinkedHashMap<>();
    for (K it = in.nextEntry(key); it != null; it = in.nextEntry(key)) {
      boolean mayBeOld = in.isRenamedEntry() && map.containsKey(it);
      V now = in.readPart(value);
      if (!mayBeOld) {
        map.put(it, now);
      }
    }
    return Frozen.sorted(map);
  }

  @Override
  public void write(TermWriter out, @Nullable Map<K, V> map) {
    term.write(out, map);
  }

  @Override
  public @Nullable Map<K, V> read(TermReader in) {
    Map<K, V> map = term.read(in);
    return map == null || !hasParts(map) ? map : sorted(map, (it, now) -> now);
  }

  @Override
  public @Nullable Map<K, V> freeze(@Nullable Map<K, V> map) {
    return freeze(null, map);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // The same instance is frozen already.
  public @Nullable Map<K, V> freeze(@Nullable Map<K, V> before, @Nullable Map<K, V> after) {
    if (after == null || after == before) {
      return after;
    }
    if (Frozen.isSorted(after)) {
      boolean asItIs =
          value.isFixed() && (before == null || !(value instanceof ComponentwiseCodec));
      return asItIs ? after : refrozen(before == null ? Map.of() : before, after);
    }
    if (before != null && Frozen.isSorted(before) && !after.isEmpty() && isOrdinary(after)) {
      Map<K, V> edited = new Edit(before).frozen(after);
      if (edited != null) {
        return edited;
      }
    }
    if (!hasParts(after)) {
      return term.freeze(after);
    }
    return sorted(after, (it, now) -> value.freeze(before == null ? null : before.get(it), now));
  }

  /** Returns whether a map's equality of keys is the usual one: distinct keys are never equal. */
  private static boolean isOrdinary(Map<?, ?> map) {
    Class<?> type = map.getClass();
    return type == HashMap.class
        || type == LinkedHashMap.class
        || type == ConcurrentHashMap.class
        || (map instanceof TreeMap<?, ?> tree && type == TreeMap.class && tree.comparator() == null)
        || Frozen.isUnmodifiable(map);
  }

  /**
   * An edit of a frozen map, whose copy a callback has changed: only the new keys are sorted, and
   * only values that are not the same instances are looked at.
   */
  private final class Edit {

    private final Map<K, V> before;
    private final LinkedHashMap<K, @Nullable V> entries;
    private final List<K> changed = new ArrayList<>();
    private final List<Map.Entry<K, V>> added = new ArrayList<>();
    private final List<K> removed = new ArrayList<>();
    private @Nullable K last;

    Edit(Map<K, V> before) {
      this.before = before;
      this.entries = LinkedHashMap.newLinkedHashMap(before.size());
      for (Map.Entry<K, V> entry : before.entrySet()) {
        last = entry.getKey();
        entries.put(last, entry.getValue());
      }
    }

    /**
     * Returns the map after the edit; null if it has a key that cannot be in a key of the store.
     */
    @SuppressWarnings(
        "ReferenceEquality") // Comparing identity is enough: frozen values never change.
    @Nullable Map<K, V> frozen(Map<K, V> after) {
      int kept = 0;
      for (Map.Entry<K, V> entry : Ended.entries(after)) {
        K it = entry.getKey();
        V now = entry.getValue();
        V old = entries.get(it);
        if (old == null && !entries.containsKey(it)) {
          if (!key.isElement(it)) {
            return null;
          }
          added.add(entry);
        } else {
          kept++;
          V frozen = old == now && value.isFixed() ? old : value.freeze(old, now);
          if (frozen != old) {
            entries.put(it, frozen);
            changed.add(it);
          }
        }
      }
      if (kept < before.size()) {
        remove(after);
      }
      return changed.isEmpty() && added.isEmpty() && removed.isEmpty() ? before : merged();
    }

    private void remove(Map<K, V> after) {
      Set<K> left = HashSet.newHashSet(after.size());
      for (Map.Entry<K, V> entry : Ended.entries(after)) {
        left.add(entry.getKey());
      }
      Iterator<K> all = entries.keySet().iterator();
      while (all.hasNext()) {
        K it = all.next();
        if (!left.contains(it)) {
          removed.add(it);
          all.remove();
        }
      }
    }

    private Map<K, V> merged() {
      Comparator<K> order = key.order();
      added.sort(Map.Entry.comparingByKey(order));
      LinkedHashMap<K, @Nullable V> all = entries;
      List<K> keys = new ArrayList<>(added.size());
      if (!added.isEmpty() && last != null && order.compare(last, added.getFirst().getKey()) > 0) {
        all = LinkedHashMap.newLinkedHashMap(entries.size() + added.size());
        int next = 0;
        for (Map.Entry<K, @Nullable V> entry : entries.entrySet()) {
          while (next < added.size()
              && order.compare(added.get(next).getKey(), entry.getKey()) < 0) {
            add(all, keys, added.get(next));
            next++;
          }
          all.put(entry.getKey(), entry.getValue());
        }
        added.subList(0, next).clear();
      }
      for (Map.Entry<K, V> entry : added) {
        add(all, keys, entry);
      }
      return Frozen.sorted(all, before, new Frozen.Difference<>(removed, changed, keys));
    }

    private void add(Map<K, @Nullable V> all, List<K> keys, Map.Entry<K, V> entry) {
      keys.add(entry.getKey());
      all.put(entry.getKey(), value.freeze(null, entry.getValue()));
    }
  }

  /**
   * Freezes values again: a list within a value has positions that depend on those before, and an
   * array may have changed.
   */
  @SuppressWarnings("ReferenceEquality") // freeze returns the same instance if nothing changed.
  private Map<K, V> refrozen(Map<K, V> before, Map<K, V> after) {
    LinkedHashMap<K, @Nullable V> entries = LinkedHashMap.newLinkedHashMap(after.size());
    boolean changed = false;
    for (Map.Entry<K, V> entry : after.entrySet()) {
      V frozen = value.freeze(before.get(entry.getKey()), entry.getValue());
      changed |= frozen != entry.getValue();
      entries.put(entry.getKey(), frozen);
    }
    return changed ? Frozen.sorted(entries) : after;
  }

  private Map<K, V> sorted(Map<K, V> map, Freezing<K, V> freezing) {
    LinkedHashMap<K, @Nullable V> entries = LinkedHashMap.newLinkedHashMap(map.size());
    List<Map.Entry<K, V>> ordered = new ArrayList<>(map.size());
    Ended.entries(map).forEach(ordered::add);
    ordered.sort(Map.Entry.comparingByKey(key.order()));
    ordered.forEach(it -> entries.put(it.getKey(), freezing.frozen(it.getKey(), it.getValue())));
    return Frozen.sorted(entries);
  }

  /** Freezes the value of a key. */
  private interface Freezing<K, V> {
    @Nullable V frozen(K key, @Nullable V value);
  }

  @Override
  public boolean isFixed() {
    return value.isFixed();
  }

  @Override
  public Map<K, V> missing() {
    return Objects.requireNonNull(term.missing());
  }
}
