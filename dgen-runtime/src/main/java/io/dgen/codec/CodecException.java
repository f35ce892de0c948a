package io.dgen.codec;

import io.dgen.error.DgenException;
import io.dgen.internal.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if stored bytes are not what the codec expects, or if a value cannot be written. Bytes
 * that are corrupt, or were written by something else, lead to this exception and no other. It says
 * what was expected and what was found and, as far as they are known, the {@link #entity}, the
 * {@link #path} and the {@link #offset}, which are also in the message:
 *
 * <pre>
 * Shop("north"): Shop.State.orders[17].lines[2].price: expected a long, found a string (byte 9)
 * </pre>
 */
public sealed class CodecException extends DgenException permits UnreadableException {

  private static final long serialVersionUID = 1L;

  /** The maximum length of a problem's text: what was found may be as long as the term. */
  private static final int MAX_PROBLEM = 500;

  /** The entity that the bytes belong to, if known. */
  private final @Nullable String entity;

  /** The component that is wrong, if known. */
  private final @Nullable String path;

  /** How many bytes of the term come before the value that is wrong; -1 if it is not in a term. */
  private final long offset;

  /**
   * Creates an exception.
   *
   * @param message what is wrong, and where
   */
  public CodecException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception with its cause.
   *
   * @param message what is wrong, and where
   * @param cause the cause, if any
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

  /**
   * Returns an exception for a place in a term.
   *
   * @param path the place: see {@link #path}
   * @param offset how many bytes of the term precede it
   * @param problem what is wrong there
   * @param cause the cause, if any
   * @return an exception that says all of that
   */
  public static CodecException at(
      String path, long offset, @Nullable String problem, @Nullable Throwable cause) {
    return new CodecException(
        path + ": " + shortened(problem) + " (byte " + offset + ")", cause, null, path, offset);
  }

  /**
   * Returns an exception for a place in a state that is not in a term, such as a key.
   *
   * @param path the place: see {@link #path}
   * @param problem what is wrong there
   * @param cause the cause, if any
   * @return an exception that says all of that
   */
  public static CodecException at(
      String path, @Nullable String problem, @Nullable Throwable cause) {
    return new CodecException(path + ": " + shortened(problem), cause, null, path, -1);
  }

  private static String shortened(@Nullable String problem) {
    return Texts.shortened(String.valueOf(problem), MAX_PROBLEM);
  }

  /**
   * Returns a copy of this exception that names an entity. A codec does not know whose bytes it
   * reads; its caller does.
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
   * Returns the entity whose stored bytes could not be decoded.
   *
   * @return the server and the id, such as {@code Shop("north")}; null if a value could not be
   *     written, or the bytes are not an entity's
   */
  public @Nullable String entity() {
    return entity;
  }

  /**
   * Returns the place in the state, message or reply.
   *
   * @return the path, such as {@code Shop.State.orders[17].lines[2].price}: an item of a list
   *     appears with its id if it has one, otherwise with its position; null if the path is unknown
   */
  public @Nullable String path() {
    return path;
  }

  /**
   * Returns the offset in the term that {@link #path} leads into.
   *
   * @return how many bytes of the term, all its chunks joined, precede the wrong value; -1 if it is
   *     not in a term but, for example, in a key
   */
  public long offset() {
    return offset;
  }
}
