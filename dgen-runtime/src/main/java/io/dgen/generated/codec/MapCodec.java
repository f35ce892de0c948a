package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map as a CBOR map if all its keys can be names, else as an array of pairs; in its order. */
final class MapCodec<K, V, M extends Map<K, V>> implements TermCodec<M> {

  private final TermCodec<K> key;
  private final @Nullable KeyCodec<K> names;
  private final TermCodec<V> value;
  private final Function<SequencedMap<K, V>, M> frozen;

  /**
   * Creates a codec.
   *
   * @param key the codec of the keys
   * @param value the codec of the values
   * @param frozen converts a map that {@link Frozen} has made to an {@code M}
   */
  MapCodec(TermCodec<K> key, TermCodec<V> value, Function<SequencedMap<K, V>, M> frozen) {
    this.key = key;
    this.names = key instanceof KeyCodec<K> codec ? codec : null;
    this.value = value;
    this.frozen = frozen;
  }

  @Override
  public void write(TermWriter out, @Nullable M map) {
    if (map == null) {
      out.writeNull();
    } else if (names != null && areNames(names, map)) {
      out.startMap(map.size());
      for (Map.Entry<K, V> entry : Ended.entries(map)) {
        names.putName(out, entry.getKey());
        value.write(out, entry.getValue());
      }
      out.endMap();
    } else {
      out.startSet(map.size());
      for (Map.Entry<K, V> entry : Ended.entries(map)) {
        out.startList(2);
        key.write(out, entry.getKey());
        value.write(out, entry.getValue());
        out.endList();
      }
      out.endList();
    }
  }

  private static <K> boolean areNames(KeyCodec<K> names, Map<K, ?> map) {
    for (Map.Entry<K, ?> entry : Ended.entries(map)) {
      if (!names.isName(entry.getKey())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public @Nullable M read(TermReader in) {
    if (in.readNull()) {
      return null;
    }
    LinkedHashMap<@Nullable K, @Nullable V> map = new LinkedHashMap<>();
    if (names != null && in.isMap()) {
      in.startMap();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        map.put(names.fromName(in, name), value.read(in));
      }
    } else {
      in.startList();
      while (in.hasNext()) {
        in.startList();
        map.put(half(in, key), half(in, value));
        if (in.hasNext()) {
          throw in.fail("an entry of a map must be a key and a value");
        }
      }
    }
    return frozen.apply(Frozen.map(map));
  }

  private static <T> @Nullable T half(TermReader in, TermCodec<T> codec) {
    if (!in.hasNext()) {
      throw in.fail("an entry of a map must be a key and a value");
    }
    return codec.read(in);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // freeze returns the same instance if nothing changed.
  public @Nullable M freeze(@Nullable M map) {
    if (map == null || (isFixed() && Frozen.isMap(map))) {
      return map;
    }
    boolean unmodifiable = Frozen.isUnmodifiable(map) || Frozen.isMap(map);
    if (unmodifiable && key.isImmutable() && value.isImmutable()) {
      return map;
    }
    LinkedHashMap<@Nullable K, @Nullable V> entries = LinkedHashMap.newLinkedHashMap(map.size());
    boolean changed = !unmodifiable;
    for (Map.Entry<K, V> entry : Ended.entries(map)) {
      K frozenKey = key.freeze(entry.getKey());
      V frozenValue = value.freeze(entry.getValue());
      changed |= frozenKey != entry.getKey() || frozenValue != entry.getValue();
      entries.put(frozenKey, frozenValue);
    }
    return changed ? frozen.apply(Frozen.map(entries)) : map;
  }

  @Override
  public boolean isFixed() {
    return key.isFixed() && value.isFixed();
  }

  @Override
  public M missing() {
    return frozen.apply(Frozen.map(new LinkedHashMap<>()));
  }
}
