package io.dgen.internal.engine.failure;

import io.dgen.DeadLetter;
import io.dgen.codec.CodecException;
import io.dgen.generated.codec.VersionedMessages;
import io.dgen.internal.engine.format.DeadLetterRecord;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.ErrorText;
import io.dgen.internal.engine.send.Queued;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** A dead letter that was read. If it cannot be decoded, it shows as much as possible. */
final class ListedLetter<M> implements DeadLetter<M> {

  private final String id;
  private final byte[] stamp;
  private final DeadLetterRecord form;
  private final byte[] bytes;
  private final Optional<M> message;
  private final Optional<String> problem;

  private ListedLetter(
      String id,
      byte[] stamp,
      DeadLetterRecord form,
      byte[] bytes,
      Optional<M> message,
      String problem) {
    this.id = id;
    this.stamp = stamp;
    this.form = form;
    this.bytes = bytes;
    this.message = message;
    this.problem = message.isPresent() ? Optional.empty() : Optional.of(problem);
  }

  static <M> ListedLetter<M> read(String id, Queued letter, LetterReader<M> letters) {
    byte[] bytes = letter.bytes;
    DeadLetterRecord form = DeadLetterRecord.UNREADABLE;
    try {
      bytes = DeadLetterRecord.message(letter.bytes);
      form = DeadLetterRecord.decode(letter.bytes);
      Envelope envelope = Envelope.decode(bytes);
      bytes = VersionedMessages.record(envelope.payload().bytes);
      M message = letters.read(envelope);
      return new ListedLetter<>(id, letter.stamp, form, bytes, Optional.of(message), "");
    } catch (CodecException e) {
      return new ListedLetter<>(id, letter.stamp, form, bytes, Optional.empty(), text(e));
    }
  }

  private static String text(CodecException problem) {
    return ErrorText.of(problem).text();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String key() {
    return HexFormat.of().formatHex(stamp);
  }

  @Override
  public String name() {
    return form.name();
  }

  @Override
  public Optional<M> message() {
    return message;
  }

  @Override
  public Optional<String> problem() {
    return problem;
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public int attempts() {
    return form.attempts();
  }

  @Override
  public Instant when() {
    return Instant.ofEpochMilli(form.when());
  }

  @Override
  public boolean callerTold() {
    return form.callerTold();
  }

  @Override
  public String error() {
    return form.error();
  }

  @Override
  public String stack() {
    return form.stack();
  }

  @Override
  public String toString() {
    return "DeadLetter["
        + key()
        + ", "
        + message.<Object>map(it -> it).orElse(name())
        + ", "
        + attempts()
        + " attempts, "
        + error()
        + "]";
  }
}
