package io.dgen.codec;

import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one state, component by component in the order of the keys. Not thread-safe.
 *
 * <p>After {@link #nextName} exactly one of {@link #term}, {@link #readTerm}, {@link #readRecord}
 * and {@link #skip} reads the component.
 */
public final class StateReader {

  private static final byte[] NO_KEY = {};

  private final StateSource source;
  private final List<KeyValue> pairs;
  private final String stateName;
  private final Supplier<String> where = this::where;

  /** The pair that is next, and where in its key the record and the component's name end. */
  private int index;

  private byte[] key;
  private int recordEnd;
  private int nameEnd;

  /** The term that is being read, until it is known to end where it should. */
  private @Nullable TermReader open;

  StateReader(StateSource source, String stateName) {
    this.source = source;
    this.pairs = source.pairs();
    this.stateName = stateName;
    this.key = pairs.isEmpty() ? NO_KEY : pairs.getFirst().key();
    this.recordEnd = source.prefixLength();
    this.nameEnd = recordEnd;
  }

  /**
   * Goes to the next component of the record.
   *
   * @return its name; null at the end of the record
   */
  public @Nullable String nextName() {
    endTerm();
    if (index == pairs.size() || !startsWithRecord(pairs.get(index).key())) {
      nameEnd = recordEnd;
      return null;
    }
    key = pairs.get(index).key();
    nameEnd = recordEnd;
    int end = KeyElements.endOfName(key, recordEnd);
    if (end < 0) {
      throw fail("the key holds no component name");
    }
    nameEnd = end;
    return KeyElements.name(key, recordEnd, end);
  }

  /**
   * Starts to read a component that is a term.
   *
   * @return the term, from which one value must be read before this reader goes on
   */
  public TermReader term() {
    byte[] bytes = chunks();
    TermReader in = new TermReader(bytes, where);
    open = in;
    return in;
  }

  /**
   * Reads a component that is a term.
   *
   * @param codec its codec
   * @param <T> its type
   * @return the value
   */
  public <T> @Nullable T readTerm(TermCodec<T> codec) {
    int first = index;
    T value = codec.read(term());
    endTerm();
    int stored = index - first;
    if (stored > 1 && stored != canonicalChunks(codec, value)) {
      source.markOutdated();
    }
    return value;
  }

  /**
   * Reads a component that is a record.
   *
   * @param codec its codec
   * @param <T> its type
   * @return the value
   */
  public <T> @Nullable T readRecord(AssignsCodec<T> codec) {
    int outer = recordEnd;
    recordEnd = nameEnd;
    T value = readHere(codec);
    recordEnd = outer;
    return value;
  }

  /** Skips a component that the record does not have any more. */
  public void skip() {
    source.markOutdated();
    while (index < pairs.size() && startsWithName(pairs.get(index).key())) {
      index++;
    }
  }

  /** Reads the record at this path: its components, or a term if it has none or is null. */
  private <T> @Nullable T readHere(AssignsCodec<T> codec) {
    nameEnd = recordEnd;
    if (KeyElements.chunk(key, recordEnd) < 0) {
      T value = codec.read(this);
      endTerm();
      return value;
    }
    T value = readTerm(codec);
    if (value != null && codec.size() > 0) {
      source.markOutdated(); // It was written when the record was a term.
    }
    return value;
  }

  /** Reads the state. */
  <T> @Nullable T readAll(AssignsCodec<T> codec) {
    if (pairs.isEmpty()) {
      throw new CodecException(stateName + ": nothing is stored");
    }
    T value = readHere(codec);
    end();
    return value;
  }

  /** Checks that nothing is left. */
  private void end() {
    if (index < pairs.size()) {
      key = pairs.get(index).key();
      nameEnd = Math.min(source.prefixLength(), key.length);
      throw fail("the key does not belong to the state");
    }
  }

  /** What a failed read ends with: one exception, whatever bad keys and bytes led to. */
  CodecException failure(RuntimeException cause) {
    TermReader term = open;
    if (term != null) {
      term.close();
      return term.failure(cause);
    }
    return cause instanceof CodecException known
        ? known
        : new CodecException(where() + ": " + cause, cause);
  }

  private CodecException fail(String problem) {
    return new CodecException(where() + ": " + problem + " (key " + printable() + ")");
  }

  private String printable() {
    int prefix = Math.min(source.prefixLength(), key.length);
    return Keys.printable(Arrays.copyOfRange(key, prefix, key.length));
  }

  /** The path of the component that is being read, such as {@code State.address.city}. */
  private String where() {
    StringBuilder path = new StringBuilder(stateName);
    int start = source.prefixLength();
    while (start < nameEnd) {
      int end = KeyElements.endOfName(key, start);
      if (end < 0) {
        break;
      }
      path.append('.').append(KeyElements.name(key, start, end));
      start = end;
    }
    return path.toString();
  }

  private void endTerm() {
    TermReader term = open;
    if (term != null) {
      term.end();
      if (term.hasSkipped()) {
        source.markOutdated();
      }
      open = null;
      term.close();
    }
  }

  /** Joins the chunks of the term whose path ends at {@link #nameEnd}. */
  private byte[] chunks() {
    int chunk = 0;
    byte[] first = pairs.get(index).value();
    ByteArrayOutputStream all = null;
    while (index < pairs.size() && startsWithName(pairs.get(index).key())) {
      byte[] next = pairs.get(index).key();
      int number = KeyElements.chunk(next, nameEnd);
      if (number != chunk) {
        key = next;
        throw fail(
            number < 0 ? "a record is stored where a term should be" : "a chunk is missing before");
      }
      if (chunk > 0) {
        if (all == null) {
          all = new ByteArrayOutputStream(first.length * 2);
          all.writeBytes(first);
        }
        all.writeBytes(pairs.get(index).value());
      }
      chunk++;
      index++;
    }
    return all == null ? first : all.toByteArray();
  }

  private static <T> int canonicalChunks(TermCodec<T> codec, @Nullable T value) {
    try (TermWriter out = new TermWriter()) {
      codec.write(out, value);
      return StateWriter.chunks(out.written().length());
    }
  }

  private boolean startsWithRecord(byte[] other) {
    return other.length > recordEnd && Arrays.equals(other, 0, recordEnd, key, 0, recordEnd);
  }

  private boolean startsWithName(byte[] other) {
    return other.length >= nameEnd && Arrays.equals(other, 0, nameEnd, key, 0, nameEnd);
  }
}
