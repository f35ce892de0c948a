package io.dgen.generated.codec;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys of one state in memory, and which of them a write set and cleared. */
final class StoredPairs implements StateSink {

  private static final byte[] PREFIX = {7};

  final TreeMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
  final List<Tuple> sets = new ArrayList<>();
  final List<Tuple> clears = new ArrayList<>();

  <S> void write(StateCodec<S> codec, @Nullable S before, S after) {
    sets.clear();
    clears.clear();
    codec.write(before, after, this);
  }

  StateSource source() {
    List<KeyValue> list = new ArrayList<>();
    pairs.forEach((path, value) -> list.add(new KeyValue(Keys.join(PREFIX, path), value)));
    return new StateSource(PREFIX.length, list);
  }

  @Override
  public void set(byte[] path, byte[] value) {
    sets.add(Tuple.fromBytes(path));
    pairs.put(path, value);
  }

  @Override
  public void clearAll(byte[] path) {
    clears.add(Tuple.fromBytes(path));
    pairs.keySet().removeIf(key -> Keys.startsWith(key, path));
  }
}
