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
 * <p>Such a codec is never given null: dgen stores null itself. {@link #write} writes exactly one
 * value (a list or map with all its content is one), which is not null, and {@link #read} reads
 * exactly one. Equal values should be written alike: a value whose bytes differ is written to the
 * store. Any exception of {@code read} becomes a {@link CodecException} with the path of the
 * component.
 *
 * @param <T> the type
 */
public interface TermCodec<T> {

  /**
   * Writes one value.
   *
   * @param out the writer
   * @param value the value; null is written as CBOR null
   */
  void write(TermWriter out, @Nullable T value);

  /**
   * Reads one value.
   *
   * @param in the reader
   * @return the value; null if CBOR null was written. Collections in it are immutable, except
   *     {@code EnumSet}s and {@code EnumMap}s
   * @throws CodecException if the next value is not a {@code T}
   */
  @Nullable T read(TermReader in);

  /**
   * Returns a value equal to the given one that shares nothing mutable with it. The default returns
   * the value itself: if a user's codec leaves it at that, and does not say that its type {@link
   * #isImmutable}, the engine writes and reads the value to copy it. Override one of the two
   * methods to save that.
   *
   * @param value a value; may be null
   * @return the same instance if it is deeply immutable, else a copy
   */
  default @Nullable T freeze(@Nullable T value) {
    return value;
  }

  /**
   * Freezes a value that a callback returned.
   *
   * @param before the frozen value that was passed to the callback, or null
   * @param after the value
   * @return the same instance if it is {@code before} or deeply immutable, else a copy
   */
  @SuppressWarnings("ReferenceEquality") // The same instance is frozen already.
  default @Nullable T freeze(@Nullable T before, @Nullable T after) {
    return before == after ? after : freeze(after);
  }

  /**
   * Returns whether every value of the type is deeply immutable, so that {@link #freeze} always
   * returns the same instance and need not be called.
   *
   * @return true if so
   */
  default boolean isImmutable() {
    return false;
  }

  /**
   * Returns whether values that {@link #freeze} has returned can never change. They can if they
   * contain arrays, {@code EnumSet}s or {@code EnumMap}s, or values of a mutable type that a user's
   * codec writes. Values that are not fixed are copied before they are passed to a callback, so
   * that a change in place is either stored or has no effect.
   *
   * @return true if they can never change; the default is that of {@link #isImmutable}
   */
  default boolean isFixed() {
    return isImmutable();
  }

  /**
   * Returns the value of a record component of this type that did not exist yet when the record was
   * written.
   *
   * @return an empty collection or array, an empty optional, or null
   */
  default @Nullable T missing() {
    return null;
  }
}
