package io.dgen.internal.term;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermWriter;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Terms as byte arrays. */
public final class Terms {

  /**
   * How deeply records, collections and maps may be nested in one term, counting the outermost one.
   * A deeper value is refused when it is written, and so never stored.
   */
  public static final int MAX_DEPTH = 500;

  /**
   * The maximum size of a term, in bytes: ten times what the store accepts in one transaction. A
   * larger value, or an endless one, whose parts contain each other, is refused while it is
   * written.
   */
  public static final int MAX_BYTES = 100_000_000;

  private Terms() {}

  /**
   * Encodes one term.
   *
   * @param body writes the term
   * @return its bytes
   * @throws CodecException if it is nested deeper than {@link #MAX_DEPTH}, or has more than {@link
   *     #MAX_BYTES}, or a list or map in it is incomplete
   */
  public static byte[] encode(Consumer<? super TermWriter> body) {
    try (CborTermWriter out = new CborTermWriter()) {
      try {
        body.accept(out);
        return out.toBytes();
      } catch (RuntimeException e) {
        throw out.failure(e);
      }
    }
  }

  /**
   * Encodes one value.
   *
   * @param codec its codec
   * @param value the value, or null
   * @param <T> its type
   * @return its bytes
   * @throws CodecException if it is nested deeper than {@link #MAX_DEPTH}, or has more than {@link
   *     #MAX_BYTES}
   */
  public static <T> byte[] encode(TermCodec<T> codec, @Nullable T value) {
    return encode(out -> codec.write(out, value));
  }

  /**
   * Returns how large a term would be, at a fraction of the cost of encoding it.
   *
   * @param body writes the term
   * @return the number of its bytes, or a few more; for a term that has more than {@link
   *     #MAX_BYTES}, some number above that
   * @throws CodecException if it is nested deeper than {@link #MAX_DEPTH}
   */
  public static long size(Consumer<? super TermWriter> body) {
    return new TermMeter().size(body);
  }

  /**
   * Returns how large the term of one value would be.
   *
   * @param codec its codec
   * @param value the value, or null
   * @param <T> its type
   * @return the number of its bytes, or a few more; for a term that has more than {@link
   *     #MAX_BYTES}, some number above that
   * @throws CodecException if it is nested deeper than {@link #MAX_DEPTH}
   */
  public static <T> long size(TermCodec<T> codec, @Nullable T value) {
    return new TermMeter().size(meter -> codec.write(meter, value));
  }

  /**
   * Decodes one value.
   *
   * @param bytes the whole term; not changed
   * @param codec the codec of the value
   * @param <T> its type
   * @return the value, or null
   * @throws CodecException if the bytes are not such a value; the message names the place in the
   *     term and the byte
   */
  public static <T> @Nullable T decode(byte[] bytes, TermCodec<T> codec) {
    try (CborTermReader in = new CborTermReader(bytes)) {
      try {
        T value = codec.read(in);
        in.end();
        return value;
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        throw in.failure(e);
      }
    }
  }

  /**
   * Returns a digest of a message's content: equal for equal messages, whatever the order of the
   * sets and maps in them, if the same version of the server's types wrote them.
   *
   * @param body writes the message's term
   * @return 20 bytes, the first four of which are the version
   * @throws CodecException if it is nested deeper than {@link #MAX_DEPTH}, or has more than {@link
   *     #MAX_BYTES}
   */
  public static byte[] digest(Consumer<? super TermWriter> body) {
    return new TermDigest().of(body);
  }

  /**
   * Checks that bytes are one term, whatever its meaning.
   *
   * @param bytes the whole term; not changed
   * @throws CodecException if they are not
   */
  public static void check(byte[] bytes) {
    TermTree.check(bytes);
  }

  /**
   * Decodes one term.
   *
   * @param bytes the whole term; not changed
   * @param body reads it
   * @param <T> the type of the value
   * @return what {@code body} returned
   * @throws CodecException if the bytes are not a term that {@code body} reads to its end; the
   *     message names the place in the term and the byte
   */
  public static <T> T decode(byte[] bytes, Function<? super CborTermReader, T> body) {
    try (CborTermReader in = new CborTermReader(bytes)) {
      try {
        T value = body.apply(in);
        in.end();
        return value;
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        throw in.failure(e);
      }
    }
  }
}
