package io.dgen.tests.property;

import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSink;
import io.dgen.generated.codec.StateSource;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys of one state in memory, and what the last write did to them. */
final class StoredState implements StateSink {

  private static final byte[] PREFIX = {0x15, 0x01};

  private final NavigableMap<byte[], byte[]> pairs = empty();
  private final List<byte[]> sets = new ArrayList<>();
  private final List<List<byte[]>> clears = new ArrayList<>();

  private static NavigableMap<byte[], byte[]> empty() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  /** A state that was written in full. */
  static <S> StoredState of(StateCodec<S> codec, S state) {
    StoredState stored = new StoredState();
    codec.write(null, state, stored);
    return stored;
  }

  /**
   * What a write did.
   *
   * @param before the pairs before it
   * @param after the pairs behind it
   * @param sets the keys that were set, in order
   * @param clears for each clear the keys that it removed
   */
  record Change(
      NavigableMap<byte[], byte[]> before,
      NavigableMap<byte[], byte[]> after,
      List<byte[]> sets,
      List<List<byte[]>> clears) {}

  <S> Change write(StateCodec<S> codec, @Nullable S before, S after) {
    NavigableMap<byte[], byte[]> was = new TreeMap<>(pairs);
    sets.clear();
    clears.clear();
    codec.write(before, after, this);
    return new Change(was, pairs, List.copyOf(sets), List.copyOf(clears));
  }

  StateSource source() {
    return source(pairs);
  }

  static StateSource source(NavigableMap<byte[], byte[]> pairs) {
    List<KeyValue> list = new ArrayList<>();
    pairs.forEach((path, value) -> list.add(new KeyValue(Keys.join(PREFIX, path), value)));
    return new StateSource(PREFIX.length, list);
  }

  NavigableMap<byte[], byte[]> pairs() {
    return pairs;
  }

  @Override
  public void set(byte[] path, byte[] value) {
    sets.add(path.clone());
    pairs.put(path.clone(), value.clone());
  }

  @Override
  public void clearAll(byte[] path) {
    List<byte[]> removed =
        pairs.keySet().stream().filter(key -> Keys.startsWith(key, path)).toList();
    clears.add(removed);
    removed.forEach(pairs::remove);
  }

  /** The pairs that one has and the other has not. */
  List<String> differences(StoredState other) {
    List<String> differences = new ArrayList<>();
    addMissing(differences, "only here: ", pairs, other.pairs);
    addMissing(differences, "only there: ", other.pairs, pairs);
    return differences;
  }

  private static void addMissing(
      List<String> differences,
      String where,
      NavigableMap<byte[], byte[]> these,
      NavigableMap<byte[], byte[]> those) {
    these.forEach(
        (path, value) -> {
          if (!Arrays.equals(value, those.get(path))) {
            differences.add(where + Keys.printable(path) + " = " + Keys.printable(value));
          }
        });
  }
}
