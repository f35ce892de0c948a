package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@code EnumMap} in the form of a map. It can be changed, so a frozen one is a copy. */
final class EnumMapCodec<K extends Enum<K>, V> implements TermCodec<EnumMap<K, V>> {

  private final Class<K> type;
  private final TermCodec<V> value;
  private final TermCodec<Map<K, V>> map;

  EnumMapCodec(Class<K> type, TermCodec<K> key, TermCodec<V> value) {
    this.type = type;
    this.value = value;
    this.map = TermCodecs.map(key, value);
  }

  @Override
  public void write(TermWriter out, @Nullable EnumMap<K, V> entries) {
    map.write(out, entries);
  }

  @Override
  public @Nullable EnumMap<K, V> read(TermReader in) {
    Map<K, V> read = map.read(in);
    if (read == null) {
      return null;
    }
    if (read.containsKey(null)) {
      throw in.fail("an EnumMap cannot have a null key");
    }
    EnumMap<K, V> entries = missing();
    entries.putAll(read);
    return entries;
  }

  @Override
  public @Nullable EnumMap<K, V> freeze(@Nullable EnumMap<K, V> entries) {
    return freeze(null, entries);
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
    return new EnumMap<>(type);
  }
}
