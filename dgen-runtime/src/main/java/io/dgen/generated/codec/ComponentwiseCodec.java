package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import org.jspecify.annotations.Nullable;

/**
 * Maps a value to keys: one sub-path for each part of it. Generated for the state record and for
 * the records in it, whose parts are their components; {@link TermCodecs} has those of lists, by
 * items, and of maps, by entries. Stateless and thread-safe.
 *
 * @param <T> the type; within a larger value that is a term, it is a term too
 */
public interface ComponentwiseCodec<T> extends TermCodec<T> {

  /**
   * Returns whether a value is stored by its parts. A value without parts is stored as a term.
   *
   * @param value the value
   * @return false if {@link #put}, {@link #change} and {@link #read} do not apply to it
   */
  boolean hasParts(T value);

  /**
   * Writes a value where nothing is stored.
   *
   * @param out the writer
   * @param value the value
   */
  void put(StateWriter out, T value);

  /**
   * Writes the difference between two values.
   *
   * @param out the writer
   * @param before the stored value
   * @param after the new value
   */
  void change(StateWriter out, T before, T after);

  /**
   * Reads what {@link #put} and {@link #change} wrote.
   *
   * @param in the reader
   * @return the value; a component of a record that is not stored has its default
   */
  T read(StateReader in);

  /**
   * Freezes a value that a callback returned. Parts that are the same instances as before are
   * skipped.
   *
   * @param before the frozen value that was passed to the callback, or null
   * @param after the value
   * @return the same instance if it is deeply immutable or {@code before}, else a copy
   */
  @Override
  @Nullable T freeze(@Nullable T before, @Nullable T after);
}
