package io.dgen.codec;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes of one state. It knows the path of the record that is being written; the names
 * are those of the record's components. Not thread-safe.
 */
public final class StateWriter implements AutoCloseable {

  /** FoundationDB's limit of a value. Part of the format: it says how many chunks a term has. */
  static final int CHUNK_BYTES = 100_000;

  private static final byte[] FIRST_CHUNK = Tuple.from(0).pack();
  private static final byte[] NOTHING = {};

  private final StateSink sink;
  private byte[] path = NOTHING;
  private @Nullable TermWriter terms;

  StateWriter(StateSink sink) {
    this.sink = sink;
  }

  /**
   * Writes a component that is an integer, of any primitive integer type or {@code char}.
   *
   * @param name the component
   * @param value what to write
   */
  public void put(StateName name, long value) {
    TermWriter out = term();
    out.writeLong(value);
    set(name, out);
  }

  /**
   * Writes a component that is a boolean.
   *
   * @param name the component
   * @param value what to write
   */
  public void put(StateName name, boolean value) {
    TermWriter out = term();
    out.writeBoolean(value);
    set(name, out);
  }

  /**
   * Writes a component that is a float.
   *
   * @param name the component
   * @param value what to write
   */
  public void put(StateName name, float value) {
    TermWriter out = term();
    out.writeFloat(value);
    set(name, out);
  }

  /**
   * Writes a component that is a double.
   *
   * @param name the component
   * @param value what to write
   */
  public void put(StateName name, double value) {
    TermWriter out = term();
    out.writeDouble(value);
    set(name, out);
  }

  /**
   * Writes a component that is a term, where nothing is stored.
   *
   * @param name the component
   * @param codec its codec
   * @param value what to write
   * @param <T> its type
   */
  public <T> void putTerm(StateName name, TermCodec<T> codec, @Nullable T value) {
    TermWriter out = term();
    codec.write(out, value);
    set(name, out);
  }

  /**
   * Writes a component that is a term, if it differs from what is stored. What differs is decided
   * by the bytes: {@code equals} does not see the content of arrays or the order of sets and maps.
   *
   * @param name the component
   * @param codec its codec
   * @param before what is stored
   * @param after what shall be stored
   * @param <T> its type
   */
  @SuppressWarnings("ReferenceEquality") // What is the same has not changed: frozen.
  public <T> void changeTerm(
      StateName name, TermCodec<T> codec, @Nullable T before, @Nullable T after) {
    if (before == after) {
      return;
    }
    TermWriter out = term();
    codec.write(out, before);
    int middle = out.written().length();
    codec.write(out, after);
    GrowingBytes both = out.written();
    if (both.isRepeatedAt(middle)) {
      return;
    }
    byte[] element = Keys.join(path, name.bytes());
    int chunks = setChunks(element, both, middle);
    for (int i = chunks; i < chunks(middle); i++) {
      sink.clearAll(chunk(element, i));
    }
  }

  /**
   * Writes a component that is a record, where nothing is stored.
   *
   * @param name the component
   * @param codec its codec
   * @param value what to write; null is written as a term
   * @param <T> its type
   */
  public <T> void putRecord(StateName name, AssignsCodec<T> codec, @Nullable T value) {
    byte[] outer = path;
    path = Keys.join(outer, name.bytes());
    putHere(codec, value);
    path = outer;
  }

  /**
   * Writes what differs between two records.
   *
   * @param name the component
   * @param codec its codec
   * @param before what is stored
   * @param after what shall be stored
   * @param <T> its type
   */
  @SuppressWarnings("ReferenceEquality") // What is the same has not changed: frozen.
  public <T> void changeRecord(
      StateName name, AssignsCodec<T> codec, @Nullable T before, @Nullable T after) {
    if (before == after) {
      return;
    }
    byte[] outer = path;
    path = Keys.join(outer, name.bytes());
    if (before == null || after == null) {
      sink.clearAll(path);
      putHere(codec, after);
    } else if (codec.size() > 0) {
      codec.change(this, before, after);
    }
    path = outer;
  }

  /** Writes a record at this path, where nothing is stored. */
  <T> void putHere(AssignsCodec<T> codec, @Nullable T value) {
    if (value == null || codec.size() == 0) {
      TermWriter out = term();
      codec.write(out, value);
      sink.set(Keys.join(path, FIRST_CHUNK), out.toBytes());
    } else {
      codec.put(this, value);
    }
  }

  /** Gives the buffers back. */
  @Override
  public void close() {
    if (terms != null) {
      terms.close();
    }
  }

  /** What a failed write ends with. */
  RuntimeException failure(RuntimeException cause) {
    return terms == null ? cause : terms.failure(cause);
  }

  private TermWriter term() {
    TermWriter out = terms;
    if (out == null) {
      out = new TermWriter();
      terms = out;
    } else {
      out.clear();
    }
    return out;
  }

  private void set(StateName name, TermWriter out) {
    GrowingBytes term = out.written();
    if (term.length() > CHUNK_BYTES) {
      setChunks(Keys.join(path, name.bytes()), term, 0);
    } else {
      byte[] key =
          path.length == 0 ? name.firstChunk().clone() : Keys.join(path, name.firstChunk());
      sink.set(key, term.copy(0, term.length()));
    }
  }

  private int setChunks(byte[] element, GrowingBytes term, int from) {
    int chunks = chunks(term.length() - from);
    for (int i = 0; i < chunks; i++) {
      int start = from + i * CHUNK_BYTES;
      int end = Math.min(start + CHUNK_BYTES, term.length());
      sink.set(chunk(element, i), term.copy(start, end));
    }
    return chunks;
  }

  private static byte[] chunk(byte[] element, int index) {
    return Keys.join(element, index == 0 ? FIRST_CHUNK : Tuple.from(index).pack());
  }

  /** How many chunks a term of a length has. */
  static int chunks(int length) {
    return Math.ceilDiv(length, CHUNK_BYTES);
  }
}
