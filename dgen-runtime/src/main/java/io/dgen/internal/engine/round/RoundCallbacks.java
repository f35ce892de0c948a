package io.dgen.internal.engine.round;

import io.dgen.From;
import io.dgen.codec.CodecException;
import io.dgen.generated.Invocation;
import io.dgen.generated.codec.StateCodec;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.later.RoundIdempotency;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.work.LogContext;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.store.KeyValue;
import io.dgen.store.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs user code in one attempt of a round, each callback with the round's transaction for as long
 * as it runs. Errors are failures of the message too: a callback cannot end the node.
 */
final class RoundCallbacks<S, M> {

  private final RoundSetup<S, M> setup;
  private final RoundAnswers<M> answers;
  private final RoundIdempotency records;
  private final RoundOutbox outbox;
  private final RoundTime time;

  RoundCallbacks(
      RoundSetup<S, M> setup,
      RoundAnswers<M> answers,
      RoundIdempotency records,
      RoundOutbox outbox,
      RoundTime time) {
    this.setup = setup;
    this.answers = answers;
    this.records = records;
    this.outbox = outbox;
    this.time = time;
  }

  /** A piece of user code. */
  private interface Body<T extends @Nullable Object> {
    T run(RoundOutbox.Scope scope) throws Exception;
  }

  /** A callback of a message. */
  interface Callback<T extends @Nullable Object> {
    T run(Invocation context) throws Exception;
  }

  /** Returns the state with which the round begins: the cached or stored one, or that of init. */
  EntityState<S> state(Meta meta, List<KeyValue> stored, CachedState<S> known) {
    S remembered = known.state();
    StateCodec<S> codec = setup.server().descriptor.states();
    byte[] prefix = setup.keys().state;
    if (remembered != null) {
      return EntityState.remembered(codec, prefix, remembered, known.size());
    }
    if (meta.exists()) {
      return guarded(Fault.STATE, 0, scope -> stored(meta, stored));
    }
    setup.progress().callback("init");
    return guarded(
        Fault.INIT,
        0,
        scope -> {
          S first =
              setup
                  .server()
                  .descriptor
                  .init(context(1, RoundTransaction.ofInit(answers.replies(), records, scope)));
          if (first == null) {
            throw new NullPointerException("init returned null; return the first state");
          }
          return EntityState.first(codec, prefix, first);
        });
  }

  private EntityState<S> stored(Meta meta, List<KeyValue> rows) {
    try {
      return EntityState.stored(
          setup.server().descriptor.states(), setup.keys().state, rows, meta.writer());
    } catch (CodecException e) {
      throw RoundFailure.undecodable(Fault.STATE, 0, setup.address(), e);
    }
  }

  /**
   * Runs the callback of a message, and processes its result.
   *
   * @param index the message's position in the round
   * @param attempt the number of its attempt
   * @return the callback's result
   */
  <T extends @Nullable Object> T message(
      int index, M message, int attempt, Recipient<M> recipient, Callback<T> callback) {
    LogContext log = setup.services().logContext();
    log.message(setup.server().codec, message);
    setup.progress().callback(setup.server().codec, message, attempt, time.latest());
    try {
      return guarded(
          Fault.MESSAGE,
          index,
          scope ->
              callback.run(
                  context(
                      attempt,
                      new RoundTransaction(
                          answers.replies(), records, scope, () -> from(message, recipient)))));
    } finally {
      setup.progress().noCallback();
      log.endMessage(setup.address());
    }
  }

  private <T extends @Nullable Object> T guarded(Fault fault, int index, Body<T> body) {
    ThreadState state = ThreadState.enter();
    RoundOutbox.Scope scope = outbox.open(setup.address());
    T result;
    try {
      result = body.run(scope);
    } catch (RoundFailure e) {
      throw e;
    } catch (Throwable e) {
      checkStore(index);
      throw new RoundFailure(fault, index, e);
    } finally {
      scope.close();
      state.restore();
    }
    checkStore(index);
    return result;
  }

  /**
   * Fails the attempt if the store failed a callback's read. That is not the callback's fault: the
   * round is repeated, unless the callback let the transaction grow too old.
   */
  private void checkStore(int index) {
    StoreException failure = outbox.failure();
    if (failure != null) {
      time.check(index);
      throw failure;
    }
  }

  private Invocation context(int attempt, RoundTransaction transaction) {
    return new CallbackContext(setup.address(), attempt, setup.environment(), transaction);
  }

  private From<?> from(M message, Recipient<M> recipient) {
    Caller caller = answers.replyLater(recipient);
    if (caller == null) {
      throw new IllegalStateException("the message is not a call: no caller waits for a reply");
    }
    return RoundIdempotency.from(
        setup.address(),
        recipient.idempotencyKey(),
        caller,
        setup.server().codec.replyCodec(message));
  }
}
