package io.dgen.generated.codec;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.generated.codec.KeyElements.Kind;
import io.dgen.internal.term.CborTermReader;
import io.dgen.internal.term.CborTermWriter;
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

  /** The next pair, and where the record and the component's name end in its key. */
  private int index;

  private byte[] key;
  private int recordEnd;
  private boolean isRenamed;
  private int nameEnd;

  /** The term that is being read, until it is known to end where it should. */
  private @Nullable CborTermReader open;

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
    return next(Kind.NAME, "the key holds no component name")
        ? KeyElements.name(key, recordEnd, nameEnd)
        : null;
  }

  /** Goes to the next entry of a map; returns null at its end. */
  <K> @Nullable K nextEntry(KeyCodec<K> codec) {
    if (!next(Kind.ENTRY, "the key holds no key of a map")) {
      return null;
    }
    K found;
    Object element;
    try {
      element = KeyElements.nested(key, recordEnd, nameEnd).get(0);
      found = codec.fromElement(element);
    } catch (CodecException e) {
      throw fail(e.getMessage());
    } catch (RuntimeException e) {
      throw fail("the key of the map has another type");
    }
    if (!KeyElements.isSound(key, recordEnd, nameEnd, element)) {
      throw fail("the key of the map is not UTF-8");
    }
    isRenamed = !codec.element(found).equals(element);
    if (isRenamed) {
      markOutdated();
    }
    return found;
  }

  /**
   * Returns whether the key of the entry that {@link #nextEntry} went to is stored under a former
   * name.
   */
  boolean isRenamedEntry() {
    return isRenamed;
  }

  /** Goes to the next item of a list and returns its index and its id; null at the end. */
  @Nullable Tuple nextItem() {
    if (!next(Kind.ITEM, "the key holds no index and id of an item")) {
      return null;
    }
    Tuple item = KeyElements.nested(key, recordEnd, nameEnd);
    if (!FractionalIndex.isValid(item.getBytes(0))) {
      throw fail("the index of the item is damaged");
    }
    return item;
  }

  private boolean next(Kind kind, String problem) {
    endTerm();
    nameEnd = recordEnd;
    if (index == pairs.size() || !startsWithRecord(pairs.get(index).key())) {
      return false;
    }
    key = pairs.get(index).key();
    int end = KeyElements.kind(key, recordEnd) == kind ? KeyElements.end(key, recordEnd) : -1;
    if (end < 0) {
      throw fail(problem);
    }
    nameEnd = end;
    return true;
  }

  /**
   * Begins to read a component that is a term.
   *
   * @return the term, from which one value must be read before this reader is used again
   */
  public TermReader term() {
    byte[] bytes = isTerm() ? chunks() : partsAsTerm();
    CborTermReader in = new CborTermReader(bytes, where);
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
    boolean isTerm = isTerm();
    T value = codec.read(term());
    endTerm();
    int stored = index - first;
    if (isTerm && stored > 1 && stored != canonicalChunks(codec, value)) {
      source.markOutdated();
    }
    return value;
  }

  /**
   * Reads a component that is stored by its parts.
   *
   * @param codec its codec
   * @param <T> its type
   * @return the value
   */
  public <T> @Nullable T readRecord(ComponentwiseCodec<T> codec) {
    int outer = recordEnd;
    recordEnd = nameEnd;
    T value = readHere(codec);
    recordEnd = outer;
    return value;
  }

  /** Skips a component that the record no longer has. */
  public void skip() {
    source.markOutdated();
    while (index < pairs.size() && startsWithName(pairs.get(index).key())) {
      index++;
    }
  }

  /**
   * Marks the stored state as different from what would be written now, for example because a
   * component has a former name: the next write is a full one.
   */
  public void markOutdated() {
    source.markOutdated();
  }

  /** Reads an entry's value or an item. */
  <T> @Nullable T readPart(TermCodec<T> codec) {
    return codec instanceof ComponentwiseCodec<T> parts ? readRecord(parts) : readTerm(codec);
  }

  /** Reads the value at this path: by its parts, or as a term if it has none or is null. */
  private <T> @Nullable T readHere(ComponentwiseCodec<T> codec) {
    nameEnd = recordEnd;
    Kind kind = KeyElements.kind(key, recordEnd);
    if (kind == Kind.NONE) {
      throw fail("the key ends where a name, an item or a chunk should follow");
    }
    boolean hasParts = kind == kindOf(codec);
    T value;
    if (hasParts) {
      value = codec.read(this);
      endTerm();
    } else {
      value = readTerm(codec);
    }
    if (value != null && codec.hasParts(value) != hasParts) {
      source.markOutdated(); // It was written in the other form.
    }
    return value;
  }

  private static Kind kindOf(ComponentwiseCodec<?> codec) {
    if (codec instanceof ComponentsCodec) {
      return Kind.ITEM;
    }
    return codec instanceof EntriesCodec || codec instanceof EnumEntriesCodec
        ? Kind.ENTRY
        : Kind.NAME;
  }

  /** Reads the state. */
  <T> @Nullable T readAll(ComponentwiseCodec<T> codec) {
    if (pairs.isEmpty()) {
      throw CodecException.at(stateName, "nothing is stored", null);
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

  /** Returns the exception of a failed read: the same kind for every damage to keys and values. */
  CodecException failure(RuntimeException cause) {
    CborTermReader term = open;
    if (term != null) {
      term.close();
      return term.failure(cause);
    }
    return cause instanceof CodecException known
        ? known
        : CodecException.at(where(), cause.toString(), cause);
  }

  CodecException fail(@Nullable String problem) {
    return CodecException.at(where(), problem + " (key " + printable() + ")", null);
  }

  private String printable() {
    int prefix = Math.min(source.prefixLength(), key.length);
    return Keys.printable(Arrays.copyOfRange(key, prefix, key.length));
  }

  /** Returns the path of the component that is being read, such as {@code State.address.city}. */
  private String where() {
    StringBuilder path = new StringBuilder(stateName);
    KeyElements.appendPath(path, key, source.prefixLength(), nameEnd);
    return path.toString();
  }

  private void endTerm() {
    CborTermReader term = open;
    if (term != null) {
      term.end();
      if (term.isOutdated()) {
        source.markOutdated();
      }
      open = null;
      term.close();
    }
  }

  /** Returns whether a term, rather than parts, is stored at {@link #nameEnd}. */
  private boolean isTerm() {
    Kind kind = KeyElements.kind(pairs.get(index).key(), nameEnd);
    return kind == Kind.CHUNK || kind == Kind.NONE;
  }

  /** Converts the parts that are stored at {@link #nameEnd} to a term. */
  private byte[] partsAsTerm() {
    source.markOutdated();
    int from = index;
    while (index < pairs.size() && startsWithName(pairs.get(index).key())) {
      index++;
    }
    try {
      return PartsAsTerm.of(pairs.subList(from, index), nameEnd);
    } catch (IllegalArgumentException e) {
      throw fail(e.getMessage());
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
        throw fail(number < 0 ? "the key holds no number of a chunk" : "a chunk is missing before");
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
    try (CborTermWriter out = new CborTermWriter()) {
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
