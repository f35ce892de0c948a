package io.dgen.internal.engine.failure;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.work.UserErrors;
import java.util.Objects;

/**
 * A round came to a message that it cannot get past. The transaction is given up, and with it
 * everything that the round's callbacks did; the activation decides what happens next.
 */
public final class RoundFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is at fault. */
  public enum Fault {
    /** The message at {@link #index}. */
    MESSAGE,
    /** The time that the messages took, of which the one at {@link #index} was the last. */
    TIME,
    /** Nobody: the message at {@link #index} cannot be decoded by this version. */
    UNDECODABLE,
    /** Nobody: what is stored of the message at {@link #index} can be decoded by no version. */
    DAMAGED,
    /** The entity's {@code init}: no message can be run. */
    INIT,
    /** Nobody: what is stored of the entity cannot be read by this version. */
    STATE
  }

  private final Fault fault;
  private final int index;

  public RoundFailure(Fault fault, int index, Throwable cause) {
    super(null, UserErrors.safe(cause), false, false);
    this.fault = fault;
    this.index = index;
  }

  /** What is stored cannot be decoded: the error says whose it is, which codecs do not know. */
  public static RoundFailure undecodable(
      Fault fault, int index, Address address, CodecException problem) {
    return new RoundFailure(fault, index, problem.ofEntity(address.toString()));
  }

  /** Returns a queued message cannot be decoded: by this version, or by none. */
  public static RoundFailure undecodable(
      int index, Address address, Queued queued, CodecException problem) {
    return undecodable(
        queued.isDamaged() ? Fault.DAMAGED : Fault.UNDECODABLE, index, address, problem);
  }

  public Fault fault() {
    return fault;
  }

  /** Returns the place of the message in the round; 0 is the first. */
  public int index() {
    return index;
  }

  public Throwable reason() {
    return Objects.requireNonNull(getCause());
  }
}
