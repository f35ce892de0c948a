package io.dgen.internal.term;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** Writes terms as CBOR, into memory. Not thread-safe. */
public final class CborTermWriter implements TermWriter, AutoCloseable {

  /** Longer strings are encoded first, so that their length can be written before them. */
  private static final int LONG_STRING = 200;

  private final GrowingBytes bytes = new GrowingBytes();
  private final CBORGenerator out = Cbor.generator(bytes);

  public CborTermWriter() {}

  @Override
  public void writeNull() {
    out.writeNull();
  }

  @Override
  public void writeBoolean(boolean value) {
    out.writeBoolean(value);
  }

  @Override
  public void writeInt(int value) {
    out.writeNumber(value);
  }

  @Override
  public void writeLong(long value) {
    out.writeNumber(value);
  }

  @Override
  public void writeFloat(float value) {
    out.writeNumber(value);
  }

  @Override
  public void writeDouble(double value) {
    out.writeNumber(value);
  }

  @Override
  public void writeString(@Nullable String value) {
    if (value == null) {
      out.writeNull();
    } else if (!Cbor.isWellFormed(value)) {
      out.writeBinary(utf16(value));
    } else if (value.length() <= LONG_STRING) {
      out.writeString(value);
    } else {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      out.writeUTF8String(utf8, 0, utf8.length);
    }
  }

  @Override
  public void writeBytes(byte @Nullable [] value) {
    if (value == null) {
      out.writeNull();
    } else {
      out.writeBinary(value);
    }
  }

  @Override
  public void writeBigInteger(@Nullable BigInteger value) {
    out.writeNumber(value);
  }

  @Override
  public void writeBigDecimal(@Nullable BigDecimal value) {
    out.writeNumber(value);
  }

  @Override
  public void startList(int size) {
    out.writeStartArray(null, size);
  }

  @Override
  public void endList() {
    out.writeEndArray();
  }

  @Override
  public void startMap(int size) {
    out.writeStartObject(null, size);
  }

  @Override
  public void name(String name) {
    out.writeName(name);
  }

  @Override
  public void name(long key) {
    out.writePropertyId(key);
  }

  @Override
  public void endMap() {
    out.writeEndObject();
  }

  @Override
  public void tag(int tag) {
    out.writeTag(tag);
  }

  @Override
  public void close() {
    out.close();
  }

  /** Returns the bytes of one term, which must be complete. */
  byte[] toBytes() {
    if (!out.streamWriteContext().inRoot()) {
      throw new CodecException(
          "cannot write term" + Cbor.path(out.streamWriteContext()) + ": it is not complete");
    }
    out.flush();
    return bytes.copy(0, bytes.length());
  }

  /** Returns what was written so far, since the last {@link #clear}. */
  public GrowingBytes written() {
    out.flush();
    return bytes;
  }

  public void clear() {
    out.flush();
    bytes.clear();
  }

  /** Returns the exception of a failed write: dgen's and the user's exceptions unchanged. */
  public RuntimeException failure(RuntimeException cause) {
    if (cause instanceof JacksonException jackson) {
      return new CodecException(
          "cannot write term"
              + Cbor.path(out.streamWriteContext())
              + ": "
              + jackson.getOriginalMessage(),
          cause);
    }
    return cause;
  }

  // Not by a charset: its encoder would replace the unpaired surrogate.
  private static byte[] utf16(String text) {
    byte[] units = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      units[2 * i] = (byte) (text.charAt(i) >> 8);
      units[2 * i + 1] = (byte) text.charAt(i);
    }
    return units;
  }
}
