package io.dgen.generated;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The name, wrapper and codecs of one message of a server.
 *
 * @param kind its kind
 * @param name the name under which it is stored
 * @param wrap wraps a record
 * @param codec the codec of the record
 * @param reply the codec of the reply; null if the message has none
 * @param <W> the wrapper of the record
 * @param <R> the record
 */
record MessageForm<W extends MessageWrapper<R>, R extends Record>(
    MessageKind kind,
    String name,
    Function<R, W> wrap,
    TermCodec<R> codec,
    @Nullable TermCodec<Object> reply) {

  void write(TermWriter out, ServerMessage message) {
    codec.write(out, record(message));
  }

  W read(TermReader in) {
    return wrap.apply(Objects.requireNonNull(codec.read(in), "message"));
  }

  /**
   * Returns a wrapper of a frozen copy of the record, or null if the message is immutable already.
   */
  @SuppressWarnings("ReferenceEquality") // A frozen record is returned unchanged.
  @Nullable W frozen(ServerMessage message) {
    if (codec.isImmutable()) {
      return null;
    }
    R record = record(message);
    R frozen = codec.freeze(record);
    return frozen == record || frozen == null ? null : wrap.apply(frozen);
  }

  @SuppressWarnings("unchecked") // The form was found by the class of the wrapper.
  private R record(ServerMessage message) {
    return (R) message.message();
  }
}
