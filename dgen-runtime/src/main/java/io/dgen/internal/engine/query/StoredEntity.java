package io.dgen.internal.engine.query;

import io.dgen.codec.CodecException;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Meta;
import io.dgen.store.KeyValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entity as one snapshot has it: not decoded yet, since that runs users' codecs. */
public final class StoredEntity {

  private final Address address;
  private final Meta meta;
  private final int prefixLength;

  /** The state, if it was in memory. */
  private final @Nullable RememberedState remembered;

  /** The rows of the state otherwise. */
  private final List<KeyValue> rows;

  StoredEntity(
      Address address,
      Meta meta,
      int prefixLength,
      @Nullable RememberedState remembered,
      List<KeyValue> rows) {
    this.address = address;
    this.meta = meta;
    this.prefixLength = prefixLength;
    this.remembered = remembered;
    this.rows = rows;
  }

  Address address() {
    return address;
  }

  /**
   * Returns the state for user code, which may change arrays in it; empty if the entity does not
   * exist.
   *
   * @throws CodecException if this version cannot read what is stored
   */
  <S> Optional<S> state(StateCodec<S> codec) {
    return meta.exists() ? Optional.of(codec.handOut(frozen(codec))) : Optional.empty();
  }

  @SuppressWarnings("unchecked") // A server's name identifies the type of its state.
  private <S> S frozen(StateCodec<S> codec) {
    if (remembered != null) {
      return (S) remembered.state();
    }
    try {
      return codec.read(new StateSource(prefixLength, rows, meta.writer()));
    } catch (CodecException e) {
      throw e.ofEntity(address.toString());
    }
  }
}
