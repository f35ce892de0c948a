package io.dgen.generated.codec;

import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.function.Supplier;

/**
 * The codec of a record without components. Components that another version wrote are skipped.
 *
 * @param <R> the record
 */
public final class EmptyRecordCodec<R> extends RecordCodec<R> {

  private final String name;
  private final Supplier<R> maker;

  /**
   * Creates the codec.
   *
   * @param name the record's simple name
   * @param maker makes an instance of the record
   */
  public EmptyRecordCodec(String name, Supplier<R> maker) {
    this.name = name;
    this.maker = maker;
  }

  @Override
  protected void writeRecord(TermWriter out, R value) {
    out.startMap(0);
    out.endMap();
  }

  @Override
  protected R readRecord(TermReader in) {
    in.startRecord(name);
    while (in.nextName() != null) {
      in.skip();
    }
    return maker.get();
  }
}
