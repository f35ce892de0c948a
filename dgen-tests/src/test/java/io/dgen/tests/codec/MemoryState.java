package io.dgen.tests.codec;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSink;
import io.dgen.generated.codec.StateSource;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys of one state in memory, and a log of what was written. */
final class MemoryState implements StateSink {

  private static final byte[] PREFIX = {0x15, 0x01};

  private final TreeMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
  private final List<String> log = new ArrayList<>();

  /** The pairs of a state that was written in full. */
  static <S> MemoryState of(StateCodec<S> codec, S state) {
    MemoryState memory = new MemoryState();
    codec.write(null, state, memory);
    return memory;
  }

  /** Writes a difference and says which paths were set and cleared. */
  <S> List<String> write(StateCodec<S> codec, @Nullable S before, S after) {
    log.clear();
    codec.write(before, after, this);
    return List.copyOf(log);
  }

  <S> S read(StateCodec<S> codec) {
    return codec.read(source());
  }

  StateSource source() {
    List<KeyValue> list = new ArrayList<>();
    pairs.forEach((path, value) -> list.add(new KeyValue(Keys.join(PREFIX, path), value)));
    return new StateSource(PREFIX.length, list);
  }

  @Override
  public void set(byte[] path, byte[] value) {
    if (value.length > 100_000) {
      throw new AssertionError("a value of " + value.length + " bytes");
    }
    log.add("set " + Tuple.fromBytes(path).getItems());
    pairs.put(path.clone(), value);
  }

  @Override
  public void clearAll(byte[] path) {
    log.add("clear " + Tuple.fromBytes(path).getItems());
    pairs.keySet().removeIf(key -> Keys.startsWith(key, path));
  }

  /** The paths that are stored, in order. */
  List<String> paths() {
    return pairs.keySet().stream().map(it -> Tuple.fromBytes(it).getItems().toString()).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MemoryState that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    pairs.forEach(
        (path, value) ->
            text.append(Keys.printable(path))
                .append('=')
                .append(Keys.printable(value))
                .append('\n'));
    return text.toString();
  }
}
