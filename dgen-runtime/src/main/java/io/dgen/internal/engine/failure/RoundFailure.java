package io.dgen.internal.engine.failure;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.work.UserErrors;
import java.util.Objects;

/**
 * A round reached a message that it cannot get past. The transaction is given up, and with it
 * everything that the round's callbacks did; the activation decides what happens next.
 */
public final class RoundFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is at fault. */
  public enum Fault {
    /** The message at {@link #index}. */
    MESSAGE,
    /** The time that the messages took, the last of which is the one at {@link #index}. */
    TIME,
    /** This version cannot decode the message at {@link #index}; the message is not at fault. */
    UNDECODABLE,
    /** The stored message at {@link #index} is damaged: no version can decode it. */
    DAMAGED,
    /** The entity's {@code init} failed: no message can run. */
    INIT,
    /** This version cannot read the stored state; no message is at fault. */
    STATE
  }

  private final Fault fault;
  private final int index;

  public RoundFailure(Fault fault, int index, Throwable cause) {
    super(null, UserErrors.safe(cause), false, false);
    this.fault = fault;
    this.index = index;
  }

  /**
   * Returns the failure for stored data that cannot be decoded. The error names the entity, which
   * codecs do not know.
   */
  public static RoundFailure undecodable(
      Fault fault, int index, Address address, CodecException problem) {
    return new RoundFailure(fault, index, problem.ofEntity(address.toString()));
  }

  /**
   * Returns the failure for a queued message that cannot be decoded: by this version, or by none.
   */
  public static RoundFailure undecodable(
      int index, Address address, Queued queued, CodecException problem) {
    return undecodable(
        queued.isDamaged() ? Fault.DAMAGED : Fault.UNDECODABLE, index, address, problem);
  }

  public Fault fault() {
    return fault;
  }

  /** Returns the position of the message in the round; 0 is the first. */
  public int index() {
    return index;
  }

  public Throwable reason() {
    return Objects.requireNonNull(getCause());
  }
}
