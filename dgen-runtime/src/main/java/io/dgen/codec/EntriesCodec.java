package io.dgen.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A map as one sub-path for each entry. Its order is that of its keys, in memory too, or nodes that
 * share a state would disagree. A map that is empty, or holds a key that cannot be in a key of the
 * store, is a term.
 */
final class EntriesCodec<K, V> implements AssignsCodec<Map<K, V>> {

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
  @SuppressWarnings("ReferenceEquality") // What is the same has not changed: frozen.
  public void change(StateWriter out, Map<K, V> before, Map<K, V> after) {
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
  @SuppressWarnings("ReferenceEquality") // What is the same is frozen.
  public @Nullable Map<K, V> freeze(@Nullable Map<K, V> before, @Nullable Map<K, V> after) {
    if (after == null || after == before) {
      return after;
    }
    if (Frozen.isSorted(after)) {
      boolean asItIs = value.isFixed() && (before == null || !(value instanceof AssignsCodec));
      return asItIs ? after : refrozen(before == null ? Map.of() : before, after);
    }
    if (!hasParts(after)) {
      return term.freeze(after);
    }
    return sorted(after, (it, now) -> value.freeze(before == null ? null : before.get(it), now));
  }

  /** A list in a value has places that depend on those before, and an array may have changed. */
  @SuppressWarnings("ReferenceEquality") // freeze says by its instance that nothing changed.
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
