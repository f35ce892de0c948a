package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import io.dgen.codec.SchemaVersion;
import io.dgen.codec.UnreadableException;
import org.jspecify.annotations.Nullable;

/**
 * Maps a state record to keys below the entity's state prefix. Generated for each state type;
 * stateless and thread-safe.
 *
 * @param <S> the state record
 */
public interface StateCodec<S> {

  /**
   * Returns the codec of a state that is stored component by component.
   *
   * @param name the state's name, for errors
   * @param record writes and reads the components
   * @param version the version of the types
   * @param <S> the state record
   * @return the codec
   */
  static <S> StateCodec<S> of(String name, ComponentwiseCodec<S> record, SchemaVersion version) {
    return new ComponentwiseStateCodec<>(name, record, version);
  }

  /**
   * Returns the version of the types that the codec writes and reads. The caller stores it with the
   * state.
   *
   * @return the version
   */
  SchemaVersion version();

  /**
   * Writes the difference between two states, both as {@link #read} or {@link #freeze} made them: a
   * frozen list knows under which keys its items are stored.
   *
   * @param before the stored state, or null to write {@code after} in full (nothing is stored, or
   *     the caller clears what is stored: also if {@link StateSource#isOutdated} says so after
   *     {@code before} was read)
   * @param after the new state
   * @param sink gets every change of a key, and nothing when the two are equal
   */
  void write(@Nullable S before, S after, StateSink sink);

  /**
   * Reads a state.
   *
   * @param source every key and value below the state prefix
   * @return the state; collections in it are immutable, except {@code EnumSet}s and {@code
   *     EnumMap}s
   * @throws UnreadableException if what is stored is not an {@code S}
   */
  S read(StateSource source);

  /**
   * Returns an immutable form of a state to keep in memory, so that a callback cannot change it in
   * place and lose the change. Sub-structures shared with {@code before} are known to be frozen
   * already.
   *
   * @param before the frozen state that was passed to the callback, or null
   * @param after the state that the callback returned
   * @return the same instance if it is immutable, else an immutable copy
   * @throws CodecException if the state cannot be stored: two items of a list have the same id, or
   *     an item or its id is null
   */
  S freeze(@Nullable S before, S after);

  /**
   * Returns a state to pass to a callback: whatever is mutable in it is a copy, so that the state
   * in memory stays equal to the stored one, whatever the callback does with its arrays.
   *
   * @param frozen a frozen state
   * @return the same instance if nothing in it can change, else a frozen copy
   */
  S handOut(S frozen);
}
