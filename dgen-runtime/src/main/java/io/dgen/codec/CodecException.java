package io.dgen.codec;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.Texts;
import java.util.Optional;
import java.util.OptionalLong;
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
   * Creates an exception whose effect is {@link Effect#NONE}: what cannot be encoded is not sent,
   * and what cannot be decoded is not executed. For a reply, see {@link #withEffect}.
   *
   * @param message what is wrong, and where
   */
  public CodecException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception with its cause, whose effect is {@link Effect#NONE}.
   *
   * @param message what is wrong, and where
   * @param cause the cause, if any
   */
  public CodecException(String message, @Nullable Throwable cause) {
    this(message, cause, null, null, -1, Effect.NONE);
  }

  CodecException(
      String message,
      @Nullable Throwable cause,
      @Nullable String entity,
      @Nullable String path,
      long offset,
      Effect effect) {
    super(message, cause, effect);
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
        path + ": " + shortened(problem) + " (byte " + offset + ")",
        cause,
        null,
        path,
        offset,
        Effect.NONE);
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
    return new CodecException(path + ": " + shortened(problem), cause, null, path, -1, Effect.NONE);
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
        new CodecException(name + ": " + getMessage(), getCause(), name, path, offset, effect());
    named.setStackTrace(getStackTrace());
    return named;
  }

  /**
   * Returns a copy of this exception with another effect. A codec does not know what became of the
   * message whose reply it reads; its caller does.
   *
   * @param effect what became of the message
   * @return an exception with the same message
   */
  public CodecException withEffect(Effect effect) {
    if (effect() == effect) {
      return this;
    }
    CodecException known =
        new CodecException(String.valueOf(getMessage()), getCause(), entity, path, offset, effect);
    known.setStackTrace(getStackTrace());
    return known;
  }

  /**
   * Returns the entity whose stored bytes could not be decoded.
   *
   * @return the server and the id, such as {@code Shop("north")}; empty if a value could not be
   *     written, or the bytes are not an entity's
   */
  public Optional<String> entity() {
    return Optional.ofNullable(entity);
  }

  /**
   * Returns the place in the state, message or reply.
   *
   * @return the path, such as {@code Shop.State.orders[17].lines[2].price}: an item of a list
   *     appears with its id if it has one, otherwise with its position; empty if the path is
   *     unknown
   */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /**
   * Returns the offset in the term that {@link #path} leads into.
   *
   * @return how many bytes of the term, all its chunks joined, precede the wrong value; empty if it
   *     is not in a term but, for example, in a key
   */
  public OptionalLong offset() {
    return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
