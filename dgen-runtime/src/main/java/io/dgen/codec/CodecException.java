package io.dgen.codec;

import io.dgen.DgenException;
import org.jspecify.annotations.Nullable;

/** Stored bytes are not what the codec expects, or a value cannot be written. */
public final class CodecException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong, and where
   */
  public CodecException(String message) {
    super(message);
  }

  /**
   * Makes an exception with its cause.
   *
   * @param message what is wrong, and where
   * @param cause what led to it
   */
  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
