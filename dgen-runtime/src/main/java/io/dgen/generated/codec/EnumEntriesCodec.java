package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An {@code EnumMap} in a state, in the form of a map: one sub-path for each entry. It can be
 * changed, so a frozen one is a copy.
 */
final class EnumEntriesCodec<K extends Enum<K>, V> implements ComponentwiseCodec<EnumMap<K, V>> {

  private final Class<K> type;
  private final TermCodec<V> value;
  private final EntriesCodec<K, V> entries;
  private final EnumMapCodec<K, V> term;

  EnumEntriesCodec(Class<K> type, KeyCodec<K> key, TermCodec<V> value) {
    this.type = type;
    this.value = value;
    this.entries = new EntriesCodec<>(key, value);
    this.term = new EnumMapCodec<>(type, key, value);
  }

  @Override
  public boolean hasParts(EnumMap<K, V> map) {
    return entries.hasParts(map);
  }

  @Override
  public void put(StateWriter out, EnumMap<K, V> map) {
    entries.put(out, map);
  }

  @Override
  public void change(StateWriter out, EnumMap<K, V> before, EnumMap<K, V> after) {
    entries.change(out, before, after);
  }

  @Override
  public EnumMap<K, V> read(StateReader in) {
    EnumMap<K, V> map = missing();
    map.putAll(entries.read(in));
    return map;
  }

  @Override
  public void write(TermWriter out, @Nullable EnumMap<K, V> map) {
    term.write(out, map);
  }

  @Override
  public @Nullable EnumMap<K, V> read(TermReader in) {
    return term.read(in);
  }

  @Override
  public @Nullable EnumMap<K, V> freeze(@Nullable EnumMap<K, V> map) {
    return freeze(null, map);
  }

  /** Returns the map before if the values are the same: then nothing has changed. */
  @Override
  @SuppressWarnings("ReferenceEquality") // freeze returns the same instance if nothing changed.
  public @Nullable EnumMap<K, V> freeze(
      @Nullable EnumMap<K, V> before, @Nullable EnumMap<K, V> after) {
    if (after == null || after == before) {
      return after;
    }
    EnumMap<K, @Nullable V> frozen = new EnumMap<>(type);
    boolean isSame = before != null && before.size() == after.size();
    for (Map.Entry<K, V> entry : Ended.entries(after)) {
      K key = entry.getKey();
      V old = before == null ? null : before.get(key);
      V now = value.freeze(old, entry.getValue());
      isSame = isSame && now == old && before != null && before.containsKey(key);
      frozen.put(key, now);
    }
    return isSame ? before : frozen;
  }

  @Override
  public EnumMap<K, V> missing() {
    return term.missing();
  }
}
