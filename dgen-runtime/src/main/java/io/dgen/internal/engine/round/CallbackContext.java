package io.dgen.internal.engine.round;

import io.dgen.DelayedMessage;
import io.dgen.From;
import io.dgen.generated.CallbackOutbox;
import io.dgen.generated.Invocation;
import io.dgen.generated.codec.TermCodecs;
import io.dgen.generated.codec.WaitingCaller;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.spi.Environment;
import io.dgen.store.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The context of one callback. */
public class CallbackContext implements Invocation {

  private final Address address;
  private final int attempt;
  private final Environment environment;
  private final Transactional transactional;

  /**
   * Creates a context.
   *
   * @param attempt the number of the message's attempt
   * @param transactional the callback's access to the transaction
   */
  public CallbackContext(
      Address address, int attempt, Environment environment, Transactional transactional) {
    this.address = address;
    this.attempt = attempt;
    this.environment = environment;
    this.transactional = transactional;
  }

  /** The transaction of a callback, and the message that it handles. */
  public interface Transactional {

    /** Returns the caller of the message. */
    From<?> from();

    /** Replies to a caller when the transaction commits. */
    void reply(WaitingCaller<?> from, byte[] reply);

    /**
     * Returns the transaction in the form in which the callback may use it.
     *
     * @throws IllegalStateException if there is none
     */
    RoundOutbox.Scope scope();
  }

  @Override
  public String server() {
    return address.server();
  }

  @Override
  public String id() {
    return address.id();
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public Instant now() {
    return environment.now();
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // The message guarantees the type.
  public <R> From<R> from() {
    return (From<R>) transactional.from();
  }

  @Override
  public Transaction transaction() {
    return transactional.scope().transaction();
  }

  @Override
  public CallbackOutbox outbox() {
    RoundOutbox.Scope scope = transactional.scope();
    scope.checkThread();
    return scope;
  }

  @Override
  public boolean cancel(DelayedMessage message) {
    return transactional.scope().cancel(Ticket.parse(message.text()));
  }

  @Override
  public <R> void reply(From<R> from, @Nullable R reply) {
    WaitingCaller<R> caller = WaitingCaller.of(from);
    transactional.reply(caller, ReplyRecord.value(TermCodecs.untyped(caller.codec()), reply));
  }
}
