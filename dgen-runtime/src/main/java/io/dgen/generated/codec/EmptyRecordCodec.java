package io.dgen.generated.codec;

import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.function.Supplier;

/**
 * The codec of a record that has no components. What another version wrote into it is skipped.
 *
 * @param <R> the record
 */
public final class EmptyRecordCodec<R> extends RecordCodec<R> {

  private final String name;
  private final Supplier<R> maker;

  /**
   * Makes the codec.
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
