package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a record as one term. The codec of a record with mutable content overrides {@link
 * #freeze} and {@link #isImmutable}. Stateless and thread-safe.
 *
 * @param <R> the record
 */
public abstract class RecordCodec<R> implements TermCodec<R> {

  /** Creates the codec. */
  protected RecordCodec() {}

  /**
   * Writes a record, as a map from the names of its components.
   *
   * @param out the writer
   * @param value the value
   */
  protected abstract void writeRecord(TermWriter out, R value);

  /**
   * Reads what {@link #writeRecord} wrote.
   *
   * @param in the reader
   * @return the record; a component that is not stored has its default
   */
  protected abstract R readRecord(TermReader in);

  @Override
  public final void write(TermWriter out, @Nullable R value) {
    if (value == null) {
      out.writeNull();
    } else {
      writeRecord(out, value);
    }
  }

  @Override
  public final @Nullable R read(TermReader in) {
    return in.readNull() ? null : readRecord(in);
  }

  @Override
  public boolean isImmutable() {
    return true;
  }
}
