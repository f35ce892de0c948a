package io.dgen.codec;

import org.jspecify.annotations.Nullable;

/**
 * Writes values of one type as terms (CBOR) and reads them back. Stateless and thread-safe.
 *
 * <p>For a type that has no codec, write one and name it with {@code @UseCodec}:
 *
 * <pre>{@code
 * public final class MoneyCodec implements TermCodec<Money> {
 *   public void write(TermWriter out, Money value) {
 *     out.startList(2);
 *     out.writeString(value.currency());
 *     out.writeLong(value.cents());
 *     out.endList();
 *   }
 *
 *   public Money read(TermReader in) {
 *     in.startList();
 *     String currency = in.hasNext() ? in.readString() : null;
 *     long cents = in.hasNext() ? in.readLong() : 0;
 *     if (currency == null || in.hasNext()) {
 *       throw in.fail("expected a currency and cents");
 *     }
 *     return new Money(currency, cents);
 *   }
 * }
 * }</pre>
 *
 * <p>A codec that is named so is never given null, and need not write it: null is kept around it.
 * {@link #write} writes exactly one value (a list or map with all that is in it is one), which is
 * not null, and {@link #read} reads exactly one. Two values that are equal should be written alike:
 * what differs in its bytes is written to the store. Whatever {@code read} throws becomes a {@link
 * CodecException} with the path of the component.
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
   * A value equal to the given one that shares nothing with it that can change. The default returns
   * the value: around a codec of the user's own that leaves it at that, and does not say that its
   * type {@link #isImmutable}, the value is written and read again to get a copy. Override one of
   * the two to save that.
   *
   * @param value a value; may be null
   * @return the same instance if it is deeply immutable, else a copy
   */
  default @Nullable T freeze(@Nullable T value) {
    return value;
  }

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
   * Whether what {@link #freeze} returns can never change: not so if arrays are in it, or values of
   * a mutable type that a codec of the user's own writes. What is not fixed is copied before a
   * callback gets it, so that a change in place is either stored or leaves no trace.
   *
   * @return true if so; the default is that of {@link #isImmutable}
   */
  default boolean isFixed() {
    return isImmutable();
  }

  /**
   * What a record component of this type reads as when it was not there yet as the record was
   * written.
   *
   * @return an empty collection or array, an empty optional, or null
   */
  default @Nullable T missing() {
    return null;
  }
}
