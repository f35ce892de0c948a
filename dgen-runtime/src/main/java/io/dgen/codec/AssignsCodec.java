package io.dgen.codec;

import org.jspecify.annotations.Nullable;

/**
 * Maps a record to keys: one sub-path for each component. Generated for the state record and for
 * the records that are components of it. Stateless and thread-safe.
 *
 * @param <T> the record; as a part of something larger it is a term
 */
public interface AssignsCodec<T> extends TermCodec<T> {

  /**
   * How many components the record has. One without is stored as a term.
   *
   * @return 0 or more
   */
  int size();

  /**
   * Writes a record where nothing is stored.
   *
   * @param out where to
   * @param value what to write
   */
  void put(StateWriter out, T value);

  /**
   * Writes what differs between two records.
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
   * @return the record; a component that is not stored has its default
   */
  T read(StateReader in);

  /**
   * Freezes a record that came out of a callback. Components that are the same as before are not
   * looked into.
   *
   * @param before the frozen record that went into the callback, or null
   * @param after the record
   * @return the same instance if it is deeply immutable or {@code before}, else a copy
   */
  @Override
  @Nullable T freeze(@Nullable T before, @Nullable T after);
}
