package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/**
 * An {@code EnumMap} in a state, in the form of a map: one sub-path for each entry. It can be
 * changed, so a frozen one is a copy.
 */
final class EnumEntriesCodec<K extends Enum<K>, V> implements ComponentwiseCodec<EnumMap<K, V>> {

  private final EntriesCodec<K, V> entries;
  private final EnumMapCodec<K, V> term;

  EnumEntriesCodec(Class<K> type, KeyCodec<K> key, TermCodec<V> value) {
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
    return term.freeze(map);
  }

  @Override
  public @Nullable EnumMap<K, V> freeze(
      @Nullable EnumMap<K, V> before, @Nullable EnumMap<K, V> after) {
    return term.freeze(before, after);
  }

  @Override
  public EnumMap<K, V> missing() {
    return term.missing();
  }
}
