package io.dgen.internal.engine.round;

import io.dgen.codec.TermCodec;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import io.dgen.generated.MessageCodec;
import io.dgen.internal.engine.failure.RefusedMessage;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.send.Answer;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.term.Terms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the senders of one attempt's messages: to those on this node as objects, after the
 * commit, and to calls that wait in a mailbox as bytes, which the transaction writes.
 */
final class RoundAnswers<M> {

  private final RoundSetup<?, M> setup;
  private final MessageCodec<M> codec;
  private final ReplyBatch replies;
  private final List<Answer<M>> answers = new ArrayList<>();

  private final List<RefusedMessage> refused = new ArrayList<>(0);

  /** The size of the kept replies that were read, to be given again. */
  private int keptBytes;

  RoundAnswers(RoundSetup<?, M> setup, ReplyBatch replies) {
    this.setup = setup;
    this.codec = setup.server().codec;
    this.replies = replies;
  }

  /** Returns the answers to senders on this node, for after the commit (rule 5). */
  List<Answer<M>> answers() {
    return answers;
  }

  /** Returns the replies to calls that wait in a mailbox, of this node or of another one. */
  ReplyBatch replies() {
    return replies;
  }

  /** Returns the approximate size of the replies. */
  int bytes() {
    return replies.bytes() + keptBytes;
  }

  /** Adds a callback's reply. */
  void reply(Recipient<M> recipient, M message, @Nullable Object reply) {
    TermCodec<Object> form = codec.replyCodec(message);
    Pending<M> pending = recipient.pending();
    Caller caller = recipient.caller();
    if (pending != null) {
      Object frozen = form.freeze(reply);
      long size = Terms.size(form, frozen);
      if (size > Sizes.MAX_BYTES) {
        problem(recipient, Problem.TOO_LARGE, Sizes.tooLarge(size));
      } else {
        answers.add(new Answer<>(pending, frozen));
      }
    } else if (caller != null) {
      replies.add(caller, ReplyRecord.value(form, reply));
    }
  }

  /** Adds the kept reply of a call that has run before, in the form of {@link ReplyRecord}. */
  void repeat(Recipient<M> recipient, byte[] reply) {
    Pending<M> pending = recipient.pending();
    Caller caller = recipient.caller();
    if (pending != null) {
      answers.add(kept(pending, reply));
      keptBytes += reply.length;
    } else if (caller != null) {
      replies.add(caller, reply);
    }
  }

  private Answer<M> kept(Pending<M> pending, byte[] reply) {
    try {
      return new Answer<>(pending, ReplyRecord.read(reply, codec.replyCodec(pending.message)));
    } catch (DgenException e) {
      return new Answer<>(pending, null, e);
    }
  }

  /** Adds an error whose effect is the usual one. */
  void problem(Recipient<M> recipient, Problem problem, String text) {
    problem(recipient, problem, text, problem.usual());
  }

  void problem(Recipient<M> recipient, Problem problem, String text, Effect effect) {
    Pending<M> pending = recipient.pending();
    Caller caller = recipient.caller();
    if (pending != null) {
      answers.add(new Answer<>(pending, null, problem.exception(text, effect)));
    } else if (caller != null) {
      replies.add(caller, ReplyRecord.problem(problem, text, effect));
    }
  }

  /**
   * Refuses a message: its caller gets the refusal. A cast is acknowledged, since it was accepted.
   *
   * @param refusal of the base class, and with its effect
   */
  void refuse(Recipient<M> recipient, M message, RefusedException refusal) {
    Pending<M> pending = recipient.pending();
    Caller caller = recipient.caller();
    if (!recipient.isCaller()) {
      acknowledge(recipient);
    } else if (pending != null) {
      answers.add(new Answer<>(pending, null, refusal));
    } else if (caller != null) {
      replies.add(caller, ReplyRecord.refusal(refusal));
    }
    refused.add(new RefusedMessage(codec.name(message), refusal, recipient.isCaller()));
  }

  /** Returns the messages that were refused. */
  List<RefusedMessage> refused() {
    return refused;
  }

  void acknowledge(Recipient<M> recipient) {
    Pending<M> pending = recipient.pending();
    if (pending != null) {
      answers.add(new Answer<>(pending, null));
    }
  }

  /** Notes that the callback has deferred the reply. */
  void defer(Recipient<M> recipient) {
    Caller caller = replyLater(recipient);
    if (caller != null) {
      replies.defer(caller);
    }
  }

  /**
   * Defers the reply: the caller, if there is one, waits in the mailbox from now on.
   *
   * @return the call that waits there; null if there is none
   */
  @Nullable Caller replyLater(Recipient<M> recipient) {
    Pending<M> pending = recipient.pending();
    if (pending != null && pending.isCall()) {
      setup.services().replies().mailbox().register(pending);
      return new Caller(setup.entity().node(), pending.call);
    }
    return recipient.caller();
  }
}
