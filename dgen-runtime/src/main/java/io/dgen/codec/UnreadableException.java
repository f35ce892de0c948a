package io.dgen.codec;

import io.dgen.error.Effect;

/**
 * A stored state, or a message that was sent, that this program cannot read: another version of the
 * server wrote it, or it is damaged. Only reading a whole state or message throws it; a callback
 * never does.
 */
public final class UnreadableException extends CodecException {

  private static final long serialVersionUID = 1L;

  /** The version of the server that wrote the bytes. */
  private final int writer;

  /** The version of the server that cannot read them. */
  private final int reader;

  private UnreadableException(
      String message, CodecException problem, SchemaVersion writer, SchemaVersion reader) {
    super(
        message,
        problem.getCause(),
        problem.entity().orElse(null),
        problem.path().orElse(null),
        problem.offset().orElse(-1),
        problem.effect());
    this.writer = writer.number();
    this.reader = reader.number();
    setStackTrace(problem.getStackTrace());
  }

  /**
   * Returns a copy of a problem with the versions of writer and reader. The message names them if
   * they are known to differ, since that is then the likely cause.
   *
   * @param problem what could not be read
   * @param writer the version that wrote it
   * @param reader the version that reads it
   * @return the exception to throw
   */
  public static UnreadableException of(
      CodecException problem, SchemaVersion writer, SchemaVersion reader) {
    String versions =
        writer.isKnown() && !writer.equals(reader)
            ? "; " + writer + " wrote it, and this program has " + reader
            : "";
    return new UnreadableException(problem.getMessage() + versions, problem, writer, reader);
  }

  @Override
  public UnreadableException ofEntity(String name) {
    CodecException named = super.ofEntity(name);
    return new UnreadableException(
        String.valueOf(named.getMessage()), named, writtenBy(), readBy());
  }

  @Override
  public UnreadableException withEffect(Effect effect) {
    if (effect() == effect) {
      return this;
    }
    return new UnreadableException(
        String.valueOf(getMessage()), super.withEffect(effect), writtenBy(), readBy());
  }

  /**
   * Returns the version of the server that wrote the bytes.
   *
   * @return the version of the last write
   */
  public SchemaVersion writtenBy() {
    return new SchemaVersion(writer);
  }

  /**
   * Returns the version of the server that this program has.
   *
   * @return the version of the codec
   */
  public SchemaVersion readBy() {
    return new SchemaVersion(reader);
  }
}
