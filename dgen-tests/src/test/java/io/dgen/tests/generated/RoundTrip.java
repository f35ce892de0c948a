package io.dgen.tests.generated;

import io.dgen.codec.TermCodec;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.ServerDescriptor;
import io.dgen.generated.codec.StateSink;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes values with the codecs of a server and reads them back. */
final class RoundTrip {

  private RoundTrip() {}

  static <M> M message(ServerDescriptor<?, M> server, M message) {
    MessageCodec<M> codec = server.messages();
    byte[] bytes = Terms.encode(out -> codec.write(message, out));
    return Terms.decode(bytes, in -> codec.read(codec.name(message), in));
  }

  static <M> @Nullable Object reply(
      ServerDescriptor<?, M> server, M message, @Nullable Object reply) {
    TermCodec<Object> codec = server.messages().replyCodec(message);
    byte[] bytes = Terms.encode(out -> codec.write(out, reply));
    Object[] read = new Object[1];
    Object ignored =
        Terms.decode(
            bytes,
            in -> {
              read[0] = codec.read(in);
              return read;
            });
    return Objects.requireNonNull((Object[]) ignored)[0];
  }

  static <S> S state(ServerDescriptor<S, ?> server, S state) {
    Map<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
    server
        .states()
        .write(
            null,
            state,
            new StateSink() {
              @Override
              public void set(byte[] path, byte[] value) {
                pairs.put(path, value);
              }

              @Override
              public void clearAll(byte[] path) {
                throw new AssertionError("nothing is stored yet");
              }
            });
    return server
        .states()
        .read(
            new StateSource(
                0,
                pairs.entrySet().stream()
                    .map(it -> new KeyValue(it.getKey(), it.getValue()))
                    .toList()));
  }
}
