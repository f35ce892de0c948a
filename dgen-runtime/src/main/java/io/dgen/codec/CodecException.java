package io.dgen.codec;

import io.dgen.error.DgenException;
import io.dgen.internal.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Stored bytes are not what the codec expects, or a value cannot be written. Bytes that are
 * corrupt, or were written by something else, end in this exception and no other; it says what was
 * expected and what was found, and as far as they are known the {@link #entity}, the {@link #path}
 * and the {@link #offset}, which the message has too:
 *
 * <pre>
 * Shop("north"): Shop.State.orders[17].lines[2].price: expected a long, found a string (byte 9)
 * </pre>
 */
public sealed class CodecException extends DgenException permits UnreadableException {

  private static final long serialVersionUID = 1L;

  /** The longest problem: what was found may be as long as the term. */
  private static final int MAX_PROBLEM = 500;

  /** The entity whose bytes they are, if known. */
  private final @Nullable String entity;

  /** The component that is wrong, if known. */
  private final @Nullable String path;

  /** How many bytes of the term come before the value that is wrong; -1 if it is not in a term. */
  private final long offset;

  /**
   * Makes an exception.
   *
   * @param message what is wrong, and where
   */
  public CodecException(String message) {
    this(message, null);
  }

  /**
   * Makes an exception with its cause.
   *
   * @param message what is wrong, and where
   * @param cause what led to it
   */
  public CodecException(String message, @Nullable Throwable cause) {
    this(message, cause, null, null, -1);
  }

  CodecException(
      String message,
      @Nullable Throwable cause,
      @Nullable String entity,
      @Nullable String path,
      long offset) {
    super(message, cause);
    this.entity = entity;
    this.path = path;
    this.offset = offset;
  }

  /** What is wrong at a place in a term. */
  public static CodecException at(
      String path, long offset, @Nullable String problem, @Nullable Throwable cause) {
    return new CodecException(
        path + ": " + shortened(problem) + " (byte " + offset + ")", cause, null, path, offset);
  }

  /** What is wrong at a place in a state. */
  public static CodecException at(
      String path, @Nullable String problem, @Nullable Throwable cause) {
    return new CodecException(path + ": " + shortened(problem), cause, null, path, -1);
  }

  private static String shortened(@Nullable String problem) {
    return Texts.shortened(String.valueOf(problem), MAX_PROBLEM);
  }

  /**
   * The same for what is stored of an entity. A codec does not know whose bytes it reads; who asked
   * it to read them says so.
   *
   * @param name the entity, such as {@code Shop("north")}
   * @return an exception whose message begins with it
   */
  public CodecException ofEntity(String name) {
    CodecException named =
        new CodecException(name + ": " + getMessage(), getCause(), name, path, offset);
    named.setStackTrace(getStackTrace());
    return named;
  }

  /**
   * Whose stored bytes could not be decoded.
   *
   * @return the server and the id, such as {@code Shop("north")}; null if a value could not be
   *     written, or the bytes are no entity's
   */
  public @Nullable String entity() {
    return entity;
  }

  /**
   * Where in the state, message or reply.
   *
   * @return the path, such as {@code Shop.State.orders[17].lines[2].price}: below a list of items
   *     with an id it has the id, below any other list the place; null if it is not known
   */
  public @Nullable String path() {
    return path;
  }

  /**
   * Where in the term that {@link #path} leads into.
   *
   * @return how many bytes of the term, all its chunks joined, come before the value that is wrong;
   *     -1 if it is not in a term, as with a key
   */
  public long offset() {
    return offset;
  }
}
