package io.dgen.generated;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one message of a server is named, wrapped, written and read.
 *
 * @param kind its kind
 * @param name the name under which it is stored
 * @param wrap wraps a record
 * @param codec the codec of the record
 * @param reply the codec of the reply; null if the message is no call
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

  /** The same message if nothing in it can change, else a wrapper of a frozen copy. */
  @SuppressWarnings("ReferenceEquality") // A record that is frozen comes back as it is.
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
