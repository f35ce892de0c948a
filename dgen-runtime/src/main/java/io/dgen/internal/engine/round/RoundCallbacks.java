package io.dgen.internal.engine.round;

import io.dgen.From;
import io.dgen.codec.CodecException;
import io.dgen.error.RefusedException;
import io.dgen.generated.Invocation;
import io.dgen.generated.codec.StateCodec;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.later.RoundIdempotency;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.work.LogContext;
import io.dgen.internal.engine.work.Refusals;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.store.KeyValue;
import io.dgen.store.StoreException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs user code in one attempt of a round, each callback with the round's transaction for as long
 * as it runs. Errors are failures of the message too: a callback cannot end the node.
 */
final class RoundCallbacks<S, M> {

  private final RoundSetup<S, M> setup;
  private final RoundAnswers<M> answers;
  private final RoundOutbox outbox;
  private final RoundTime time;

  RoundCallbacks(
      RoundSetup<S, M> setup, RoundAnswers<M> answers, RoundOutbox outbox, RoundTime time) {
    this.setup = setup;
    this.answers = answers;
    this.outbox = outbox;
    this.time = time;
  }

  /** A piece of user code. */
  private interface Body<T extends @Nullable Object> {
    T run(RoundOutbox.Scope scope) throws Exception;
  }

  /** The callback of a message. */
  interface Callback<T extends @Nullable Object> {
    T run(Invocation invocation, RoundOutbox.Scope scope) throws Exception;
  }

  /** A callback refused its message: what it did is dropped, and the round goes on. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final RefusedException refusal;

    private Refused(RefusedException refusal) {
      super(null, null, false, false);
      this.refusal = refusal;
    }

    RefusedException refusal() {
      return refusal;
    }
  }

  /**
   * Runs user code that may refuse, and nothing else.
   *
   * @throws Refused if it does
   */
  <T> T refusable(Callable<T> callback) throws Exception {
    try {
      return callback.call();
    } catch (Throwable thrown) {
      RefusedException refusal =
          Refusals.of(thrown, setup.services().failing().policy(setup.entity()));
      if (refusal != null) {
        throw new Refused(refusal);
      }
      throw thrown;
    }
  }

  /** Returns the cached or stored state; null if the entity does not exist. */
  @Nullable EntityState<S> state(Meta meta, List<KeyValue> stored, CachedState<S> known) {
    S remembered = known.state();
    StateCodec<S> codec = setup.server().descriptor.states();
    byte[] prefix = setup.keys().state;
    if (remembered != null) {
      return EntityState.remembered(codec, prefix, remembered, known.size());
    }
    try {
      return meta.exists() ? guarded(Fault.STATE, 0, scope -> stored(meta, stored)) : null;
    } catch (Refused e) {
      throw new IllegalStateException("no callback ran", e);
    }
  }

  /**
   * Creates the state by {@code init}.
   *
   * @param index the position of the message that needs it
   * @throws Refused if init refuses that message
   */
  EntityState<S> first(int index) throws Refused {
    setup.progress().callback("init");
    return guarded(
        Fault.INIT,
        index,
        scope -> {
          S first =
              refusable(
                  () -> setup.server().descriptor.init(context(1, RoundTransaction.ofInit(scope))));
          if (first == null) {
            throw new NullPointerException("init returned null; return the first state");
          }
          return EntityState.first(setup.server().descriptor.states(), setup.keys().state, first);
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
   * @throws Refused if it refuses the message
   */
  <T extends @Nullable Object> T message(
      int index, M message, int attempt, Recipient<M> recipient, Callback<T> callback)
      throws Refused {
    LogContext log = setup.services().logContext();
    log.message(setup.server().codec, message);
    setup.progress().callback(setup.server().codec, message, attempt, time.latest());
    try {
      return guarded(
          Fault.MESSAGE,
          index,
          scope ->
              callback.run(
                  context(attempt, new RoundTransaction(scope, () -> from(message, recipient))),
                  scope));
    } finally {
      setup.progress().noCallback();
      log.endMessage(setup.address());
    }
  }

  /**
   * Deletes what is stored beside the state, and runs {@code handleDelete}, as part of the callback
   * that deletes the entity.
   *
   * @param state the state that is being deleted
   * @throws Refused if handleDelete refuses the message: nothing is then deleted
   */
  void delete(S state, Invocation context, RoundOutbox.Scope scope) throws Exception {
    scope.deleteDelayed();
    setup.progress().callback("handleDelete");
    refusable(
        () -> {
          setup.server().descriptor.handleDelete(state, context);
          return true;
        });
  }

  private <T extends @Nullable Object> T guarded(Fault fault, int index, Body<T> body)
      throws Refused {
    ThreadState state = ThreadState.enter();
    RoundOutbox.Scope scope = outbox.open(setup.address());
    T result;
    try {
      result = body.run(scope);
      scope.keep();
    } catch (RoundFailure e) {
      throw e;
    } catch (Refused e) {
      checkStore(index);
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
