package io.dgen.generated.codec;

import io.dgen.From;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a caller: an array of its node, the number of its call, and the record that keeps
 * its reply, if there is one.
 */
final class FromCodec<R> implements TermCodec<From<R>> {

  private final TermCodec<R> reply;

  FromCodec(TermCodec<R> reply) {
    this.reply = reply;
  }

  @Override
  public void write(TermWriter out, @Nullable From<R> from) {
    if (from == null) {
      out.writeNull();
      return;
    }
    WaitingCaller<R> value = WaitingCaller.of(from);
    String record = value.record();
    out.startList(record == null ? 2 : 3);
    TermCodecs.UUID.write(out, value.node());
    out.writeLong(value.call());
    if (record != null) {
      out.writeString(record);
    }
    out.endList();
  }

  @Override
  public @Nullable From<R> read(TermReader in) {
    if (in.readNull()) {
      return null;
    }
    in.startList();
    UUID node = in.hasNext() ? TermCodecs.UUID.read(in) : null;
    Long call = node != null && in.hasNext() ? TermCodecs.LONG.read(in) : null;
    boolean hasRecord = call != null && in.hasNext();
    String record = hasRecord ? TermCodecs.STRING.read(in) : null;
    if (node == null || call == null || (hasRecord && in.hasNext())) {
      throw in.fail("expected a From: a list of a node, the number of a call, and maybe a record");
    }
    return new WaitingCaller<>(node, call, record, reply);
  }

  @Override
  public @Nullable From<R> freeze(@Nullable From<R> value) {
    return value;
  }

  @Override
  public boolean isImmutable() {
    return true;
  }
}
