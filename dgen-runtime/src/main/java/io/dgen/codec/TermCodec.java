package io.dgen.codec;

import org.jspecify.annotations.Nullable;

/**
 * Writes values of one type as terms (CBOR) and reads them back. Stateless and thread-safe.
 *
 * @param <T> the type
 */
public interface TermCodec<T> {

  /**
   * Writes one value.
   *
   * @param out where to
   * @param value what to write; null is written as CBOR null
   */
  void write(TermWriter out, @Nullable T value);

  /**
   * Reads one value.
   *
   * @param in where from
   * @return the value; null if CBOR null was written. Collections in it are immutable
   * @throws CodecException if what is there is no {@code T}
   */
  @Nullable T read(TermReader in);

  /**
   * A value equal to the given one that shares nothing mutable with it, except arrays inside
   * collections that are immutable already.
   *
   * @param value a value; may be null
   * @return the same instance if it is deeply immutable, else a copy
   */
  @Nullable T freeze(@Nullable T value);

  /**
   * Freezes a value that came out of a callback.
   *
   * @param before the frozen value that went into the callback, or null
   * @param after the value
   * @return the same instance if it is {@code before} or deeply immutable, else a copy
   */
  @SuppressWarnings("ReferenceEquality") // What is the same is frozen.
  default @Nullable T freeze(@Nullable T before, @Nullable T after) {
    return before == after ? after : freeze(after);
  }

  /**
   * Whether every value of the type is deeply immutable, so that {@link #freeze} always returns the
   * same instance and need not be called.
   *
   * @return true if so
   */
  default boolean isImmutable() {
    return false;
  }

  /**
   * What a record component of this type reads as when it was not there yet as the record was
   * written.
   *
   * @return an empty collection, an empty optional, or null
   */
  default @Nullable T missing() {
    return null;
  }
}
