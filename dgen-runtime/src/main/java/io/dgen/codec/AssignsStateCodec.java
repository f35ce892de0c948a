package io.dgen.codec;

import org.jspecify.annotations.Nullable;

/** The codec of a state that is stored component by component. */
final class AssignsStateCodec<S> implements StateCodec<S> {

  private final String name;
  private final AssignsCodec<S> record;

  AssignsStateCodec(String name, AssignsCodec<S> record) {
    this.name = name;
    this.record = record;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // What is the same has not changed: frozen.
  public void write(@Nullable S before, S after, StateSink sink) {
    if (before == after) {
      return;
    }
    try (StateWriter out = new StateWriter(sink)) {
      try {
        if (before == null) {
          out.putHere(record, after);
        } else if (record.size() > 0) {
          record.change(out, before, after);
        }
      } catch (RuntimeException e) {
        throw out.failure(e);
      }
    }
  }

  @Override
  public S read(StateSource source) {
    StateReader in = new StateReader(source, name);
    try {
      S state = in.readAll(record);
      if (state == null) {
        throw new CodecException(name + ": null is stored, which is no state");
      }
      return state;
    } catch (RuntimeException e) {
      throw in.failure(e);
    }
  }

  @Override
  public S freeze(@Nullable S before, S after) {
    S frozen = record.freeze(before, after);
    return frozen == null ? after : frozen;
  }
}
