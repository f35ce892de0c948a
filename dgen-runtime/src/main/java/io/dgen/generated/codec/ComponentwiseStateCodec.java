package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import io.dgen.codec.SchemaVersion;
import io.dgen.codec.UnreadableException;
import org.jspecify.annotations.Nullable;

/** The codec of a state that is stored by its parts. */
final class ComponentwiseStateCodec<S> implements StateCodec<S> {

  private static final StateSink NOWHERE =
      new StateSink() {
        @Override
        public void set(byte[] path, byte[] value) {}

        @Override
        public void clearAll(byte[] path) {}
      };

  private final String name;
  private final ComponentwiseCodec<S> record;
  private final SchemaVersion version;

  ComponentwiseStateCodec(String name, ComponentwiseCodec<S> record, SchemaVersion version) {
    this.name = name;
    this.record = record;
    this.version = version;
  }

  @Override
  public SchemaVersion version() {
    return version;
  }

  @Override
  @SuppressWarnings(
      "ReferenceEquality") // Comparing identity is enough: frozen values never change.
  public void write(@Nullable S before, S after, StateSink sink) {
    if (before == after) {
      return;
    }
    try (StateWriter out = new StateWriter(sink, name)) {
      try {
        if (before == null) {
          out.putHere(record, after);
        } else {
          out.changeHere(record, before, after);
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
        throw CodecException.at(name, "null is stored, which is not a state", null);
      }
      return state;
    } catch (RuntimeException e) {
      throw UnreadableException.of(in.failure(e), source.writtenBy(), version);
    }
  }

  @Override
  public S handOut(S frozen) {
    return record.isFixed() ? frozen : freeze(null, frozen);
  }

  @Override
  public S freeze(@Nullable S before, S after) {
    try {
      S frozen = record.freeze(before, after);
      return frozen == null ? after : frozen;
    } catch (CodecException e) {
      write(null, after, NOWHERE); // This read fails too, and knows the path.
      throw e;
    }
  }
}
