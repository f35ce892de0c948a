package io.dgen.internal.engine.send;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.StampedKeys;
import org.jspecify.annotations.Nullable;

/** A message with its place in the queue. */
public final class Queued {

  public final byte[] stamp;
  public final byte[] bytes;
  private @Nullable Envelope envelope;

  Queued(byte[] stamp, byte[] bytes) {
    this.stamp = stamp;
    this.bytes = bytes;
  }

  /** Returns a stand-in for rows from which no message can be read. */
  public static Queued ofDamaged(StampedKeys keys, Damage damage) {
    return new Queued(keys.stampOf(damage.rows().getFirst().key()), Envelope.joined(damage.rows()));
  }

  /** Returns the message's idempotency key; null for none, or if the message is unreadable. */
  public @Nullable String idempotencyKey() {
    try {
      return envelope().idempotencyKey();
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** Returns whether no version of dgen can read the message. */
  public boolean isDamaged() {
    return Envelope.damage(bytes) != null;
  }

  /** Returns the call that waits for a reply; null for none, or if the message is unreadable. */
  public @Nullable Caller caller() {
    try {
      return envelope().caller();
    } catch (RuntimeException e) {
      return null;
    }
  }

  /**
   * Returns the message.
   *
   * @throws CodecException if it is unreadable
   */
  public Envelope envelope() {
    Envelope known = envelope;
    if (known == null) {
      known = Envelope.decode(bytes);
      envelope = known;
    }
    return known;
  }
}
