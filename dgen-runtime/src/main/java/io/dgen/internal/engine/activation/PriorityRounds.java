package io.dgen.internal.engine.activation;

import io.dgen.Failure;
import io.dgen.error.CallbackException;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.round.Outcome;
import io.dgen.internal.engine.round.Round;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.send.Pending;
import io.dgen.store.StoreException;
import java.util.List;

/**
 * Runs priority and info messages: at once, past queue, lock, pause and back-off, in transactions
 * of their own. Failed ones are not retried. Used by the thread of the entity's activation alone.
 */
final class PriorityRounds<S, M> {

  private final RoundServices services;
  private final RoundCommitter<S, M> rounds;

  PriorityRounds(RoundServices services, RoundCommitter<S, M> rounds) {
    this.services = services;
    this.rounds = rounds;
  }

  /**
   * Runs messages.
   *
   * @param batch the messages; each is removed when it is done
   */
  void run(List<Pending<M>> batch) throws InterruptedException {
    int limit = services.limits().maxRoundMessages();
    while (!batch.isEmpty()) {
      Round<S, M> round = rounds.priority(List.copyOf(batch), limit);
      try {
        Outcome<S, M> outcome = rounds.commit(round);
        batch.subList(0, outcome.taken()).clear();
        rounds.tell(outcome);
        limit = services.limits().maxRoundMessages();
      } catch (RoundFailure e) {
        if (e.fault() == Fault.TIME && e.index() > 0) {
          limit = e.index();
        } else {
          failFirstOf(batch, e.index(), kind(e.fault()), e.reason());
        }
      } catch (StoreException e) {
        if (!TooLarge.is(e)) {
          throw e;
        }
        if (round.isFirstStateTooLarge()) {
          failFirstOf(batch, 0, Failure.Kind.INIT, TooLarge.init(e, rounds.address()));
          continue;
        }
        limit = Math.min(limit, batch.size()) / 2;
        if (limit == 0) {
          failFirstOf(
              batch, 0, Failure.Kind.PRIORITY, TooLarge.of(e, name(batch), rounds.address()));
          limit = services.limits().maxRoundMessages();
        }
      }
    }
  }

  private String name(List<Pending<M>> batch) {
    Pending<M> first = batch.getFirst();
    return first.codec.name(first.message);
  }

  private static Failure.Kind kind(Fault fault) {
    return switch (fault) {
      case INIT -> Failure.Kind.INIT;
      case STATE -> Failure.Kind.STATE;
      case MESSAGE, TIME, UNDECODABLE, DAMAGED -> Failure.Kind.PRIORITY;
    };
  }

  private void failFirstOf(List<Pending<M>> batch, int index, Failure.Kind kind, Throwable reason) {
    Pending<M> culprit = batch.remove(index);
    rounds.report(kind, culprit, reason);
    services
        .replies()
        .completions()
        .fail(
            List.of(culprit),
            new CallbackException(
                culprit.describe()
                    + " failed: "
                    + reason
                    + "; a priority or info message is not retried",
                reason));
  }
}
