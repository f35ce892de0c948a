package io.dgen.tests.model;

import static io.dgen.Results.lock;
import static io.dgen.Results.refuse;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyAndDelete;
import static io.dgen.Results.replyAndStop;
import static io.dgen.Results.replyLater;
import static io.dgen.Results.unlock;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.From;
import io.dgen.Info;
import io.dgen.Lock;
import io.dgen.LockedContext;
import io.dgen.LockedResult;
import io.dgen.Query;
import io.dgen.Reply;
import io.dgen.ReplyAndDelete;
import io.dgen.ReplyAndStop;
import io.dgen.ReplyLater;
import io.dgen.Step;
import io.dgen.StopReason;
import io.dgen.annotations.DistributedServer;
import io.dgen.error.RefusedException;
import io.dgen.store.MutationType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entity that logs what is done to it, and sends what its messages tell it to send. */
@DistributedServer
public interface Cell {

  /**
   * The state.
   *
   * @param log what was done, in order
   * @param handles the delayed messages that can still be revoked
   * @param last what is to be logged at the end of the entity
   */
  record State(List<Entry> log, List<Handle> handles, List<Entry> last) {}

  /** One thing that was done, and for which message. */
  record Entry(String op, Mark mark) {}

  /** What was done. */
  enum Mark {
    DONE,
    /** A message has taken the lock. */
    BEGUN,
    /** What {@code handleLocked} returned was stored. */
    FINISHED,
    /** A delayed message was cancelled in time. */
    REVOKED,
    /** A delayed message was not cancelled in time. */
    NOT_REVOKED,
    /** A delayed message came before its time. */
    EARLY
  }

  /** A delayed message that a callback sent. */
  record Handle(String op, DelayedMessage message) {}

  /** How a callback sends a message. */
  enum Way {
    NOW,
    LOCKING,
    DELAYED,
    /** With a delay, and the handle is kept so that {@link Revoke} can cancel it. */
    REVOCABLE,
    /** To the entity itself; the message answers the call. */
    ANSWER
  }

  /**
   * What a message does.
   *
   * @param id unique; that of a message sent by a callback begins with that of its cause
   * @param to the entity
   * @param way how it is sent, if a callback sends it
   * @param failures how many attempts fail
   * @param delay how long it is delayed, in milliseconds, if a callback sends it so
   * @param notBefore when it may come at the earliest, in milliseconds since the epoch
   * @param sends what its callback sends
   */
  record Op(
      String id, String to, Way way, int failures, int delay, long notBefore, List<Op> sends) {

    Op notBefore(long time) {
      return new Op(id, to, way, failures, delay, time, sends);
    }
  }

  /** A cast. */
  record Note(Op op) implements Cast {}

  /** A call. */
  record Ask(Op op) implements Call<Receipt> {}

  /** An info message. */
  record Tell(Op op) implements Info {}

  /** A call that holds the lock while it works. */
  record Hold(Op op) implements Call<Receipt> {}

  /** A cast that holds the lock while it works. */
  record HoldQuietly(Op op) implements Cast {}

  /** A call that is answered by {@link Answer}. */
  record Later(Op op) implements Call<Receipt> {}

  /** Answers a call. */
  record Answer(Op op, From<Receipt> from, Receipt receipt) implements Cast {}

  /** A call that stops the entity. */
  record Halt(Op op) implements Call<Receipt> {}

  /**
   * A call that is refused, after it has done everything; {@code keeps} says whether that stands.
   */
  record Deny(Op op, boolean keeps) implements Call<Receipt> {}

  /** Cancels the oldest delayed message of which the entity has the handle. */
  record Revoke(Op op) implements Call<Receipt> {}

  /** A call that deletes the entity. Its log goes on in another one. */
  record Leave(Op op) implements Call<Receipt> {}

  /** A call that holds the lock while it works, and deletes the entity then. */
  record HoldAndLeave(Op op) implements Call<Receipt> {}

  /** To the entity that keeps the logs of one that was deleted: what that was deleted by. */
  record Last(Entry entry) implements Cast {}

  /** The same: the log. */
  record Epitaph(List<Entry> log) implements Cast {}

  /** Reads the log. */
  record Read() implements Call<List<Entry>> {}

  /** Reads the log, past everything. */
  record Look() implements Query<List<Entry>> {}

  /** The message that was done, and its place in the log. */
  record Receipt(String op, int place) {}

  /** The entity that keeps the logs of an entity that is deleted now and then. */
  static String graveOf(String id) {
    return "grave-of-" + id;
  }

  /** The key under which the callbacks of an entity count their runs. */
  static byte[] runsKey(String id) {
    return ("model/runs/" + id).getBytes(UTF_8);
  }

  /** Told of each run of a callback, whether it counts in the end or not. */
  void runs(Op op, Context context);

  /** A part of the work under the lock. */
  record Draw() implements Step<String> {}

  /** Works, outside any transaction. */
  void work(Op op, LockedContext context);

  default State init() {
    return new State(List.of(), List.of(), List.of());
  }

  default State handleCast(Note message, State state, Context context) {
    return done(message.op(), Mark.DONE, null, state, context);
  }

  default Reply<Receipt, State> handleCall(Ask message, State state, Context context) {
    State next = done(message.op(), Mark.DONE, null, state, context);
    return reply(receipt(message.op(), state), next);
  }

  default State handleInfo(Tell message, State state, Context context) {
    return done(message.op(), Mark.DONE, null, state, context);
  }

  default Lock<Receipt, State> handleCall(Hold message, State state, Context context) {
    return lock(done(message.op(), Mark.BEGUN, null, state, context));
  }

  default CastResult<State> handleCast(HoldQuietly message, State state, Context context) {
    return lock(done(message.op(), Mark.BEGUN, null, state, context));
  }

  default LockedResult<Receipt, State> handleLocked(
      Hold message, State state, LockedContext context) {
    work(message.op(), context);
    return unlock(receipt(message.op(), state), now -> with(now, message.op().id(), Mark.FINISHED));
  }

  default LockedResult<Void, State> handleLocked(
      HoldQuietly message, State state, LockedContext context) {
    work(message.op(), context);
    return unlock(now -> with(now, message.op().id(), Mark.FINISHED));
  }

  default ReplyLater<Receipt, State> handleCall(
      Later message, State state, From<Receipt> from, Context context) {
    return replyLater(done(message.op(), Mark.DONE, from, state, context));
  }

  default State handleCast(Answer message, State state, Context context) {
    State next = done(message.op(), Mark.DONE, null, state, context);
    context.reply(message.from(), message.receipt());
    return next;
  }

  default ReplyAndStop<Receipt, State> handleCall(Halt message, State state, Context context) {
    State next = done(message.op(), Mark.DONE, null, state, context);
    return replyAndStop(StopReason.NORMAL, receipt(message.op(), state), next);
  }

  default CallResult<Receipt, State> handleCall(Deny message, State state, Context context) {
    State next = done(message.op(), Mark.DONE, null, state, context);
    if (message.keeps()) {
      return refuse("denied", message.op().id(), next);
    }
    throw new RefusedException("denied", message.op().id());
  }

  default Reply<Receipt, State> handleCall(Revoke message, State state, Context context) {
    State next = done(message.op(), Mark.DONE, null, state, context);
    if (!next.handles().isEmpty()) {
      Handle handle = next.handles().getFirst();
      Mark mark = context.cancel(handle.message()) ? Mark.REVOKED : Mark.NOT_REVOKED;
      State marked = with(next, handle.op(), mark);
      next =
          new State(marked.log(), next.handles().subList(1, next.handles().size()), marked.last());
    }
    return reply(receipt(message.op(), state), next);
  }

  default ReplyAndDelete<Receipt, State> handleCall(Leave message, State state, Context context) {
    State next = done(message.op(), Mark.DONE, null, state, context);
    CellClient.in(context, graveOf(context.id())).last(next.log().getLast());
    return replyAndDelete(receipt(message.op(), state));
  }

  default Lock<Receipt, State> handleCall(HoldAndLeave message, State state, Context context) {
    State next = done(message.op(), Mark.BEGUN, null, state, context);
    Entry last = new Entry(message.op().id(), Mark.FINISHED);
    return lock(new State(next.log(), next.handles(), List.of(last)));
  }

  default LockedResult<Receipt, State> handleLocked(
      HoldAndLeave message, State state, LockedContext context) {
    work(message.op(), context);
    return replyAndDelete(receipt(message.op(), state));
  }

  default State handleDeadLetter(HoldAndLeave message, State state) {
    return new State(state.log(), state.handles(), List.of());
  }

  default void handleDelete(State state, Context context) {
    List<Entry> log = new ArrayList<>(state.log());
    log.addAll(state.last());
    CellClient.in(context, graveOf(context.id())).epitaph(log);
  }

  default State handleCast(Last message, State state) {
    return new State(state.log(), state.handles(), List.of(message.entry()));
  }

  default State handleCast(Epitaph message, State state) {
    List<Entry> log = new ArrayList<>(state.log());
    log.addAll(message.log());
    log.addAll(state.last());
    return new State(log, state.handles(), List.of());
  }

  default Reply<List<Entry>, State> handleCall(Read message, State state) {
    return reply(state.log(), state);
  }

  default List<Entry> handleQuery(Look message, Optional<State> state) {
    return state.map(State::log).orElse(List.of());
  }

  private State done(Op op, Mark mark, @Nullable From<Receipt> from, State state, Context context) {
    runs(op, context);
    if (context.attempt() <= op.failures()) {
      throw new IllegalStateException("attempt " + context.attempt() + " of " + op.id());
    }
    State next = with(state, op.id(), mark);
    if (context.now().toEpochMilli() < op.notBefore()) {
      next = with(next, op.id(), Mark.EARLY);
    }
    List<Handle> handles = new ArrayList<>(next.handles());
    for (Op send : op.sends()) {
      send(send, receipt(op, state), from, handles, context);
    }
    context
        .transaction()
        .mutate(MutationType.ADD, runsKey(context.id()), new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
    return new State(next.log(), handles, next.last());
  }

  private static void send(
      Op op, Receipt receipt, @Nullable From<Receipt> from, List<Handle> handles, Context context) {
    CellClient.InTransaction to = CellClient.in(context, op.to());
    Instant due = context.now().plusMillis(op.delay());
    switch (op.way()) {
      case NOW -> to.note(op);
      case LOCKING -> to.holdQuietly(op);
      case DELAYED -> to.at(due).note(op.notBefore(due.toEpochMilli()));
      case REVOCABLE ->
          handles.add(new Handle(op.id(), to.at(due).note(op.notBefore(due.toEpochMilli()))));
      case ANSWER -> {
        if (from != null) {
          to.answer(op, from, receipt);
        }
      }
    }
  }

  private static Receipt receipt(Op op, State before) {
    return new Receipt(op.id(), before.log().size());
  }

  private static State with(State state, String op, Mark mark) {
    List<Entry> log = new ArrayList<>(state.log());
    log.add(new Entry(op, mark));
    return new State(log, state.handles(), state.last());
  }
}
