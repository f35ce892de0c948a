package io.dgen.generated.codec;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.internal.term.CborTermWriter;
import io.dgen.internal.term.GrowingBytes;
import io.dgen.store.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes of one state. It knows the path of the record that is being written; the names
 * are those of the record's components. Not thread-safe.
 */
public final class StateWriter implements AutoCloseable {

  /**
   * FoundationDB's limit of a value. Part of the format: it determines how many chunks a term has.
   */
  static final int CHUNK_BYTES = 100_000;

  private static final byte[] FIRST_CHUNK = Tuple.from(0).pack();
  private static final byte[] NOTHING = {};

  private final StateSink sink;
  private final String stateName;
  private byte[] path = NOTHING;
  private @Nullable CborTermWriter terms;

  StateWriter(StateSink sink, String stateName) {
    this.sink = sink;
    this.stateName = stateName;
  }

  /**
   * Writes a component that is an integer, of any primitive integer type or {@code char}.
   *
   * @param name the component
   * @param value the value
   */
  public void put(StateName name, long value) {
    CborTermWriter out = term();
    out.writeLong(value);
    set(name, out);
  }

  /**
   * Writes a component that is a boolean.
   *
   * @param name the component
   * @param value the value
   */
  public void put(StateName name, boolean value) {
    CborTermWriter out = term();
    out.writeBoolean(value);
    set(name, out);
  }

  /**
   * Writes a component that is a float.
   *
   * @param name the component
   * @param value the value
   */
  public void put(StateName name, float value) {
    CborTermWriter out = term();
    out.writeFloat(value);
    set(name, out);
  }

  /**
   * Writes a component that is a double.
   *
   * @param name the component
   * @param value the value
   */
  public void put(StateName name, double value) {
    CborTermWriter out = term();
    out.writeDouble(value);
    set(name, out);
  }

  /**
   * Writes a component that is an integer, of any primitive integer type or {@code char}, if it
   * differs.
   *
   * @param name the component
   * @param before the stored value
   * @param after the new value
   */
  public void change(StateName name, long before, long after) {
    if (before != after) {
      put(name, after);
    }
  }

  /**
   * Writes a component that is a boolean, if it differs.
   *
   * @param name the component
   * @param before the stored value
   * @param after the new value
   */
  public void change(StateName name, boolean before, boolean after) {
    if (before != after) {
      put(name, after);
    }
  }

  /**
   * Writes a component that is a float, if it differs.
   *
   * @param name the component
   * @param before the stored value
   * @param after the new value
   */
  public void change(StateName name, float before, float after) {
    if (Float.compare(before, after) != 0) {
      put(name, after);
    }
  }

  /**
   * Writes a component that is a double, if it differs.
   *
   * @param name the component
   * @param before the stored value
   * @param after the new value
   */
  public void change(StateName name, double before, double after) {
    if (Double.compare(before, after) != 0) {
      put(name, after);
    }
  }

  /**
   * Writes a component that is a term, where nothing is stored.
   *
   * @param name the component
   * @param codec its codec
   * @param value the value
   * @param <T> its type
   */
  public <T> void putTerm(StateName name, TermCodec<T> codec, @Nullable T value) {
    CborTermWriter out = term();
    codec.write(out, value);
    set(name, out);
  }

  /**
   * Writes a component that is a term, if it differs from the stored one. The bytes are compared:
   * {@code equals} does not see the content of arrays or the order of sets and maps.
   *
   * @param name the component
   * @param codec its codec
   * @param before the stored value
   * @param after the new value
   * @param <T> its type
   */
  @SuppressWarnings(
      "ReferenceEquality") // Comparing identity is enough: frozen values never change.
  public <T> void changeTerm(
      StateName name, TermCodec<T> codec, @Nullable T before, @Nullable T after) {
    if (before == after) {
      return;
    }
    changeTermAt(Keys.join(path, name.bytes()), codec, before, after);
  }

  private <T> void changeTermAt(
      byte[] element, TermCodec<T> codec, @Nullable T before, @Nullable T after) {
    CborTermWriter out = term();
    codec.write(out, before);
    int middle = out.written().length();
    codec.write(out, after);
    GrowingBytes both = out.written();
    if (both.isRepeatedAt(middle)) {
      return;
    }
    int chunks = setChunks(element, both, middle);
    for (int i = chunks; i < chunks(middle); i++) {
      sink.clearAll(chunk(element, i));
    }
  }

  /**
   * Writes a component that is stored by its parts, where nothing is stored.
   *
   * @param name the component
   * @param codec its codec
   * @param value the value; null is written as a term
   * @param <T> its type
   */
  public <T> void putRecord(StateName name, ComponentwiseCodec<T> codec, @Nullable T value) {
    byte[] outer = path;
    path = Keys.join(outer, name.bytes());
    putHere(codec, value);
    path = outer;
  }

  /**
   * Writes the difference in a component that is stored by its parts.
   *
   * @param name the component
   * @param codec its codec
   * @param before the stored value
   * @param after the new value
   * @param <T> its type
   */
  @SuppressWarnings(
      "ReferenceEquality") // Comparing identity is enough: frozen values never change.
  public <T> void changeRecord(
      StateName name, ComponentwiseCodec<T> codec, @Nullable T before, @Nullable T after) {
    if (before == after) {
      return;
    }
    byte[] outer = path;
    path = Keys.join(outer, name.bytes());
    changeHere(codec, before, after);
    path = outer;
  }

  /** Writes an entry or item, where nothing is stored. */
  <T> void putPart(byte[] element, TermCodec<T> codec, @Nullable T value) {
    byte[] outer = path;
    path = Keys.join(outer, element);
    if (codec instanceof ComponentwiseCodec<T> parts) {
      putHere(parts, value);
    } else {
      putTermHere(codec, value);
    }
    path = outer;
  }

  /** Writes the difference in an entry or item. */
  <T> void changePart(byte[] element, TermCodec<T> codec, @Nullable T before, @Nullable T after) {
    byte[] outer = path;
    path = Keys.join(outer, element);
    if (codec instanceof ComponentwiseCodec<T> parts) {
      changeHere(parts, before, after);
    } else {
      changeTermAt(path, codec, before, after);
    }
    path = outer;
  }

  /** Clears an entry or item. */
  void clearPart(byte[] element) {
    sink.clearAll(Keys.join(path, element));
  }

  /** Clears all that is stored at this path. */
  void clearHere() {
    sink.clearAll(path);
  }

  /** Writes a value at this path, where nothing is stored. */
  <T> void putHere(ComponentwiseCodec<T> codec, @Nullable T value) {
    if (value != null && codec.hasParts(value)) {
      codec.put(this, value);
    } else {
      putTermHere(codec, value);
    }
  }

  /** Writes the difference at this path. */
  <T> void changeHere(ComponentwiseCodec<T> codec, @Nullable T before, @Nullable T after) {
    boolean hadParts = before != null && codec.hasParts(before);
    boolean hasParts = after != null && codec.hasParts(after);
    if (before != null && hadParts && after != null && hasParts) {
      codec.change(this, before, after);
    } else if (hadParts || hasParts) {
      sink.clearAll(path);
      putHere(codec, after);
    } else {
      changeTermAt(path, codec, before, after);
    }
  }

  private <T> void putTermHere(TermCodec<T> codec, @Nullable T value) {
    CborTermWriter out = term();
    codec.write(out, value);
    setChunks(path, out.written(), 0);
  }

  /** Returns the exception for a value that cannot be stored. */
  CodecException fail(String problem) {
    StringBuilder where = new StringBuilder(stateName);
    KeyElements.appendPath(where, path, 0, path.length);
    return CodecException.at(where.toString(), problem, null);
  }

  /** Returns the buffers to the pool. */
  @Override
  public void close() {
    if (terms != null) {
      terms.close();
    }
  }

  /** Returns the exception of a failed write. */
  RuntimeException failure(RuntimeException cause) {
    return terms == null ? cause : terms.failure(cause);
  }

  private CborTermWriter term() {
    CborTermWriter out = terms;
    if (out == null) {
      out = new CborTermWriter();
      terms = out;
    } else {
      out.clear();
    }
    return out;
  }

  private void set(StateName name, CborTermWriter out) {
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

  /** Returns the number of chunks of a term of a given length. */
  static int chunks(int length) {
    return Math.ceilDiv(length, CHUNK_BYTES);
  }
}
