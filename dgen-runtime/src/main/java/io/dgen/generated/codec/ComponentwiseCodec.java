package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import org.jspecify.annotations.Nullable;

/**
 * Maps a value to keys: one sub-path for each part of it. Generated for the state record and for
 * the records in it, whose parts are their components; {@link TermCodecs} has those of lists, by
 * items, and of maps, by entries. Stateless and thread-safe.
 *
 * @param <T> the type; as a part of something larger that is a term it is one too
 */
public interface ComponentwiseCodec<T> extends TermCodec<T> {

  /**
   * Whether a value is stored by its parts. One that has none is stored as a term.
   *
   * @param value the value
   * @return false if {@link #put}, {@link #change} and {@link #read} are not for it
   */
  boolean hasParts(T value);

  /**
   * Writes a value where nothing is stored.
   *
   * @param out where to
   * @param value what to write
   */
  void put(StateWriter out, T value);

  /**
   * Writes what differs between two values.
   *
   * @param out where to
   * @param before what is stored
   * @param after what shall be stored
   */
  void change(StateWriter out, T before, T after);

  /**
   * Reads what {@link #put} and {@link #change} wrote.
   *
   * @param in where from
   * @return the value; a component of a record that is not stored has its default
   */
  T read(StateReader in);

  /**
   * Freezes a value that came out of a callback. Parts that are the same as before are not looked
   * into.
   *
   * @param before the frozen value that went into the callback, or null
   * @param after the value
   * @return the same instance if it is deeply immutable or {@code before}, else a copy
   */
  @Override
  @Nullable T freeze(@Nullable T before, @Nullable T after);
}
