package io.dgen.internal.engine.round;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.AnswerRecord;
import io.dgen.internal.engine.format.AskRecord;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.later.OpenAsks;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The answers among the messages of one attempt of a round, and the asks that they end. */
final class RoundAsks {

  private final OpenAsks asks;
  private final Address asker;
  private final Environment environment;
  private final Transactor.Attempt attempt;
  private final Map<UUID, CompletableFuture<List<KeyValue>>> begun = new HashMap<>(0);
  private final Set<UUID> closed = new HashSet<>(0);
  private int late;

  RoundAsks(RoundSetup<?, ?> setup, Transactor.Attempt attempt) {
    this.asks = setup.services().outgoing().asks();
    this.asker = setup.address();
    this.environment = setup.environment();
    this.attempt = attempt;
  }

  /** An answer with what was asked. */
  static final class Open {

    private final AnswerRecord answer;
    private final @Nullable AskRecord ask;

    /**
     * Creates it.
     *
     * @param ask the ask that the answer ends; null if it has ended
     */
    private Open(AnswerRecord answer, @Nullable AskRecord ask) {
      this.answer = answer;
      this.ask = ask;
    }

    AnswerRecord answer() {
      return answer;
    }
  }

  /** Begins to read what a queued message answers. */
  void expect(Queued queued) {
    try {
      AnswerRecord answer = AnswerRecord.withoutAsked(queued.envelope());
      if (answer != null) {
        var unused = begin(answer.number());
      }
    } catch (CodecException e) {
      // It is reported when its turn comes.
      return;
    }
  }

  private CompletableFuture<List<KeyValue>> begin(UUID number) {
    return begun.computeIfAbsent(number, each -> asks.begin(attempt.reads(), asker, each));
  }

  /**
   * Returns an answer with what was asked.
   *
   * @return null if it is late: nothing that the entity has asked is open under its number
   * @throws CodecException if the answer or the ask is unreadable
   */
  @Nullable Open find(Envelope envelope) throws InterruptedException {
    AnswerRecord answer = AnswerRecord.decode(envelope.payload().bytes);
    if (answer.asked() != null) {
      return new Open(answer, null);
    }
    AskRecord ask =
        closed.contains(answer.number())
            ? null
            : OpenAsks.read(environment.await(begin(answer.number())));
    if (ask == null) {
      late++;
      return null;
    }
    return new Open(answer.with(ask.payload()), ask);
  }

  /** Ends what an answer answers, since the answer is handled, or kept elsewhere. */
  void close(Open open) throws InterruptedException {
    AskRecord ask = open.ask;
    if (ask != null && closed.add(open.answer.number())) {
      asks.close(attempt, asker, open.answer.number(), ask);
    }
  }

  /** Returns how many answers were dropped. */
  int late() {
    return late;
  }
}
