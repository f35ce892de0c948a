package io.dgen.codec;

import java.util.function.Consumer;
import java.util.function.Function;

/** Terms as byte arrays. */
public final class Terms {

  private Terms() {}

  /**
   * Encodes one term.
   *
   * @param body writes the term
   * @return its bytes
   */
  public static byte[] encode(Consumer<? super TermWriter> body) {
    TermWriter out = new TermWriter();
    body.accept(out);
    return new byte[0];
  }

  /**
   * Decodes one term.
   *
   * @param bytes the whole term
   * @param body reads it
   * @param <T> the type of the value
   * @return what {@code body} returned
   * @throws CodecException if the bytes are not a term that {@code body} reads to its end
   */
  public static <T> T decode(byte[] bytes, Function<? super TermReader, T> body) {
    return body.apply(new TermReader());
  }
}
