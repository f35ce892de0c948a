package io.dgen.generated.codec;

import org.jspecify.annotations.Nullable;

/**
 * The codec of a record that is the state, or a part of it that is stored component by component.
 * Stateless and thread-safe.
 *
 * @param <R> the record
 */
public abstract class StateRecordCodec<R> extends RecordCodec<R> implements ComponentwiseCodec<R> {

  /** Creates the codec. */
  protected StateRecordCodec() {}

  @Override
  public boolean hasParts(R value) {
    return true;
  }

  @Override
  public @Nullable R freeze(@Nullable R before, @Nullable R after) {
    return after;
  }
}
