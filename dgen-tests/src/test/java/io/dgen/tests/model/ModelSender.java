package io.dgen.tests.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.DelayedMessage;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityKilledException;
import io.dgen.error.OutcomeUnknownException;
import io.dgen.error.RefusedException;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.tests.model.Cell.Op;
import io.dgen.tests.model.Cell.Receipt;
import io.dgen.tests.model.Cell.Way;
import io.dgen.tests.model.Model.Delete;
import io.dgen.tests.model.Model.Kill;
import io.dgen.tests.model.Model.Lane;
import io.dgen.tests.model.Model.Look;
import io.dgen.tests.model.Model.Sent;
import io.dgen.tests.model.Model.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends every kind of message from one node, and tells the model what it hears. */
public final class ModelSender {

  /** More failures than any policy puts up with. */
  public static final int FOR_EVER = 1_000_000;

  /** What the keys that transactions of senders write begin with. */
  public static final String TRANSACTION = "model/transaction/";

  /** How many entities are deleted now and then. */
  public static final int LEAVERS = 2;

  private static final int KEYS = 4;
  private static final int MAX_DELAY = 200;
  private static final int MAX_REPEATS = 20;

  private final String name;
  private final Place place;
  private final Model model;
  private final Plan plan;
  private final Random random;
  private int number;
  private boolean troubled;
  private boolean closed;

  /**
   * What is sent.
   *
   * @param cells entities that are never killed
   * @param mortals how many entities are killed and reset now and then
   * @param maxDelay the longest delay, in milliseconds
   */
  public record Plan(List<String> cells, int mortals, int maxDelay) {

    /** Short delays, for real time. */
    public Plan(List<String> cells, int mortals) {
      this(cells, mortals, MAX_DELAY);
    }
  }

  public ModelSender(String name, Place place, Model model, Plan plan, long seed) {
    this.name = name;
    this.place = place;
    this.model = model;
    this.plan = plan;
    this.random = new Random(seed);
  }

  /** Whether its node was closed, so that it sends no more. */
  public boolean isClosed() {
    return closed;
  }

  /** Sends a number of messages, and waits until it has heard of all. */
  public void send(int messages) {
    List<CompletableFuture<?>> open = new ArrayList<>();
    for (int i = 0; i < messages && !closed; i++) {
      if (troubled) {
        place.recover();
        troubled = false;
      }
      sendOne(open);
      if (random.nextInt(3) == 0) {
        place.pause();
      }
    }
    open.forEach(place::await);
  }

  /** Calls each cell, so that one that does not answer is noticed. */
  public void callEach() {
    for (String cell : plan.cells()) {
      if (!closed) {
        Op op = op(cell, Way.NOW, 0, List.of());
        call(op, Lane.STREAM, client(cell), false, new ArrayList<>());
      }
    }
  }

  private void sendOne(List<CompletableFuture<?>> open) {
    String cell = oneOf(plan.cells());
    CellClient client = client(cell);
    switch (random.nextInt(22)) {
      case 0, 1 -> cast(op(cell), Lane.STREAM, client, false, open);
      case 2 -> cast(op(cell), Lane.STREAM, client, true, open);
      case 3, 4 -> call(op(cell), Lane.STREAM, client, false, open);
      case 5, 6 -> call(op(cell), Lane.STREAM, client, true, open);
      case 7 -> castAll(cell, client, open);
      case 8 -> hold(cell, client, open);
      case 9 -> later(cell, client, open);
      case 10 -> delayed(cell, client);
      case 11, 12 -> keyed(cell, client, open);
      case 13 -> urgent(cell, client);
      case 14 -> transaction();
      case 15 -> revoke(cell, client);
      case 16 -> {
        if (number % 2 == 0) {
          halt(cell, client);
        } else {
          deny(cell, client, open);
        }
      }
      case 17 -> failing(cell, client, open);
      case 18 -> pause(cell, client);
      case 19, 20 -> look(cell, client, open);
      default -> {
        if (number % 2 == 0) {
          mortal(open);
        } else {
          leaver(open);
        }
      }
    }
  }

  private CellClient client(String entity) {
    return CellClient.of(place.dgen(), entity);
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  // What is sent.

  private Op op(String to) {
    int failures = random.nextInt(12) == 0 ? 1 + random.nextInt(2) : 0;
    return op(to, Way.NOW, failures, null);
  }

  /** A message, which sends some more if none are given. */
  private Op op(String to, Way way, int failures, @Nullable List<Op> sends) {
    String id = name + "." + ++number;
    return op(id, to, way, failures, sends == null ? sends(id, to, 1) : sends);
  }

  private static Op op(String id, String to, Way way, int failures, List<Op> sends) {
    return new Op(id, to, way, failures, 0, 0, sends);
  }

  /** Every second one goes to the entity itself. */
  private List<Op> sends(String id, String from, int depth) {
    List<Op> sends = new ArrayList<>();
    int count = depth > 2 ? 0 : random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String child = id + "/" + i;
      String to = random.nextBoolean() ? from : oneOf(plan.cells());
      Way way =
          switch (random.nextInt(8)) {
            case 0 -> Way.LOCKING;
            case 1 -> Way.DELAYED;
            case 2 -> Way.REVOCABLE;
            default -> Way.NOW;
          };
      List<Op> further = way == Way.NOW ? sends(child, to, depth + 1) : List.of();
      int delay = random.nextInt(plan.maxDelay());
      sends.add(new Op(child, to, way, random.nextInt(16) == 0 ? 1 : 0, delay, 0, further));
    }
    return sends;
  }

  // How it is sent.

  private void cast(
      Op op, Lane lane, CellClient client, boolean async, List<CompletableFuture<?>> open) {
    Sent message = model.begin(name, op, lane, null, null);
    if (async) {
      attempt(
          message, () -> open.add(whenDurable(List.of(message), client.noteAsync(op))), () -> {});
    } else {
      attempt(message, () -> client.note(op), () -> message.told(Told.QUEUED));
    }
  }

  private void call(
      Op op, Lane lane, CellClient client, boolean async, List<CompletableFuture<?>> open) {
    Sent message = model.begin(name, op, lane, null, null);
    ask(message, async, () -> client.askAsync(op), () -> client.ask(op), open);
  }

  private CompletableFuture<?> whenDurable(List<Sent> messages, CompletableFuture<Void> sent) {
    return sent.handle(
        (done, error) -> {
          heard(messages, error);
          return true;
        });
  }

  private void ask(
      Sent message,
      boolean async,
      Supplier<CompletableFuture<Receipt>> later,
      Supplier<Receipt> now,
      List<CompletableFuture<?>> open) {
    if (!async) {
      attempt(message, () -> message.replied(now.get()), () -> {});
      return;
    }
    attempt(
        message,
        () ->
            open.add(
                later
                    .get()
                    .handle(
                        (reply, error) -> {
                          if (error == null) {
                            message.replied(reply);
                          } else {
                            failed(message, error);
                          }
                          return reply;
                        })),
        () -> {});
  }

  private void attempt(Sent message, Runnable action, Runnable done) {
    try {
      action.run();
    } catch (RuntimeException e) {
      failed(message, e);
      return;
    }
    done.run();
  }

  private void failed(Sent message, Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    message.told(meaning(cause, message.toString()));
  }

  /** What an error says of a message. */
  private Told meaning(@Nullable Throwable cause, String what) {
    return switch (cause) {
      case DeadLetterException dead -> Told.DEAD;
      case EntityKilledException killed -> Told.KILLED;
      case RefusedException refused when refused.effect() == Effect.APPLIED -> Told.EXECUTED;
      case RefusedException refused -> {
        model.canary().reach(Reached.REFUSED);
        yield Told.REFUSED;
      }
      case null, default -> {
        trouble(cause, what);
        yield cause instanceof StoreException ? Told.REFUSED : Told.NOTHING;
      }
    };
  }

  /**
   * Errors are heard only where something is wrong. No call times out, wherever it is made:
   * timeouts are far longer than anything takes.
   */
  private void trouble(@Nullable Throwable cause, String what) {
    troubled = true;
    closed |= cause instanceof DgenClosedException;
    boolean known =
        cause instanceof DgenClosedException
            || cause instanceof StoreException
            || cause instanceof OutcomeUnknownException
            || isUnfinishedKill(cause);
    if (!known || !place.mayFail()) {
      model.problem(name + " heard of " + cause + " from " + what);
    }
  }

  /** An entity is killed, and the store failed before its queue was swept. */
  private static boolean isUnfinishedKill(@Nullable Throwable cause) {
    return cause instanceof DgenException error
        && error.effect() == Effect.APPLIED
        && (error.getCause() instanceof OutcomeUnknownException
            || error.getCause() instanceof StoreException);
  }

  private void castAll(String cell, CellClient client, List<CompletableFuture<?>> open) {
    List<Op> batch = new ArrayList<>();
    int size = 2 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      batch.add(op(cell));
    }
    String group = "batch " + batch.getFirst().id();
    List<Sent> messages =
        batch.stream().map(each -> model.begin(name, each, Lane.STREAM, null, group)).toList();
    Consumer<CellClient.Batch> casts = all -> batch.forEach(all::note);
    try {
      if (random.nextBoolean()) {
        open.add(whenDurable(messages, client.castAllAsync(casts)));
      } else {
        client.castAll(casts);
        heard(messages, null);
      }
    } catch (RuntimeException e) {
      heard(messages, e);
    }
  }

  private void heard(List<Sent> messages, @Nullable Throwable error) {
    for (Sent message : messages) {
      if (error == null) {
        message.told(Told.QUEUED);
      } else {
        failed(message, error);
      }
    }
  }

  private void hold(String cell, CellClient client, List<CompletableFuture<?>> open) {
    Op op = op(cell, Way.LOCKING, 0, List.of());
    Sent message = model.begin(name, op, Lane.STREAM, null, null);
    if (random.nextBoolean()) {
      attempt(message, () -> client.holdQuietly(op), () -> message.told(Told.QUEUED));
    } else {
      ask(message, random.nextBoolean(), () -> client.holdAsync(op), () -> client.hold(op), open);
    }
  }

  /** The entity sends itself a message that answers the call. */
  private void later(String cell, CellClient client, List<CompletableFuture<?>> open) {
    String id = name + "." + ++number;
    Op answer = op(id + "/0", cell, Way.ANSWER, 0, List.of());
    Op op = op(id, cell, Way.NOW, 0, List.of(answer));
    Sent message = model.begin(name, op, Lane.STREAM, null, null);
    ask(message, random.nextBoolean(), () -> client.laterAsync(op), () -> client.later(op), open);
  }

  /** One delayed message, or two that are due at the same time; some are cancelled. */
  private void delayed(String cell, CellClient client) {
    Instant time = place.now().plusMillis(random.nextInt(plan.maxDelay()));
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      Op op = op(cell, Way.NOW, 0, null).notBefore(time.toEpochMilli());
      Sent message = model.begin(name, op, Lane.DELAYED, null, null);
      List<DelayedMessage> handle = new ArrayList<>();
      attempt(message, () -> handle.add(client.at(time).note(op)), () -> message.told(Told.QUEUED));
      if (!handle.isEmpty() && random.nextInt(3) == 0) {
        cancel(message, handle.getFirst());
      }
    }
  }

  private void cancel(Sent message, DelayedMessage handle) {
    if (random.nextBoolean()) {
      place.pause();
    }
    message.cancelling();
    try {
      message.cancelled(place.dgen().cancel(handle));
    } catch (RuntimeException e) {
      trouble(e, "cancelling " + message);
    }
  }

  /**
   * A message that every sender sends, under the same key: it counts once. It is sent again, by
   * this one too, while its outcome is not known.
   */
  private void keyed(String cell, CellClient client, List<CompletableFuture<?>> open) {
    int which = random.nextInt(KEYS);
    String key = "key-" + which;
    String id = key + " of " + cell;
    Op child = op(id + "/0", cell, Way.NOW, 0, List.of());
    Op op = op(id, cell, Way.NOW, which == 0 ? 2 : 0, List.of(child));
    CellClient keyed = client.withIdempotencyKey(key);
    switch (which) {
      case 0, 1 -> {
        Sent last = null;
        for (int i = 0; i < MAX_REPEATS && !closed && (last == null || last.isUnknown()); i++) {
          if (troubled) {
            place.recover();
            troubled = false;
          }
          Sent message = model.begin(name, op, Lane.QUEUE, key, null);
          ask(message, false, () -> keyed.askAsync(op), () -> keyed.ask(op), open);
          last = message;
        }
      }
      case 2 -> {
        for (int i = 0; i < 2; i++) {
          Sent message = model.begin(name, op, Lane.QUEUE, key, null);
          ask(message, true, () -> keyed.askAsync(op), () -> keyed.ask(op), open);
        }
      }
      default -> {
        Sent message = model.begin(name, op, Lane.DELAYED, key, null);
        Instant time = place.now().plusMillis(random.nextInt(plan.maxDelay()));
        boolean late = random.nextBoolean();
        attempt(
            message,
            () -> {
              if (late) {
                keyed.at(time).note(op);
              } else {
                keyed.note(op);
              }
            },
            () -> message.told(Told.QUEUED));
      }
    }
  }

  private void urgent(String cell, CellClient client) {
    if (!place.hosts()) {
      return;
    }
    Op op = op(cell, Way.NOW, 0, null);
    Sent message = model.begin(name, op, Lane.PRIORITY, null, null);
    switch (random.nextInt(3)) {
      case 0 -> executed(message, () -> client.tell(op));
      case 1 -> executed(message, () -> client.priority().note(op));
      default -> attempt(message, () -> message.replied(client.priority().ask(op)), () -> {});
    }
  }

  private void executed(Sent message, Runnable action) {
    attempt(message, action, () -> message.told(Told.EXECUTED));
  }

  /** Two messages and a key of the sender's own, in one transaction. */
  private void transaction() {
    List<Op> both = List.of(op(oneOf(plan.cells())), op(oneOf(plan.cells())));
    String group = TRANSACTION + both.getFirst().id();
    List<Sent> messages =
        both.stream().map(each -> model.begin(name, each, Lane.QUEUE, null, group)).toList();
    try {
      transact(group.getBytes(UTF_8), both);
      heard(messages, null);
    } catch (RuntimeException e) {
      // Whatever it was, the last attempt may have been successful.
      trouble(e, messages.toString());
      messages.forEach(message -> message.told(Told.NOTHING));
    }
  }

  /** The key tells whether an attempt of unknown result was successful. */
  private void transact(byte[] key, List<Op> ops) {
    try (Transaction transaction = place.store().createTransaction()) {
      boolean again = true;
      while (again) {
        CompletableFuture<Void> commit;
        try {
          byte[] there = result(transaction.get(key));
          if (there == null) {
            transaction.set(key, new byte[] {1});
            for (Op op : ops) {
              client(op.to()).in(transaction).note(op);
            }
          }
          commit = transaction.commit();
        } catch (StoreException e) {
          commit = CompletableFuture.failedFuture(e);
        }
        again = false;
        try {
          result(commit);
        } catch (StoreException e) {
          model.canary().reach(Reached.REPEATED_TRANSACTION);
          result(transaction.onError(e));
          again = true;
        }
      }
    }
  }

  private <T extends @Nullable Object> T result(CompletableFuture<T> future) {
    place.await(future);
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void revoke(String cell, CellClient client) {
    Op op = op(cell, Way.NOW, 0, List.of());
    Sent message = model.begin(name, op, Lane.STREAM, null, null);
    attempt(message, () -> message.replied(client.revoke(op)), () -> {});
  }

  private void halt(String cell, CellClient client) {
    Op op = op(cell, Way.NOW, 0, null);
    Sent message = model.begin(name, op, Lane.STREAM, null, null);
    attempt(message, () -> message.replied(client.halt(op)), () -> {});
  }

  /** A message that is refused, behind others of its round or alone. */
  private void deny(String cell, CellClient client, List<CompletableFuture<?>> open) {
    boolean keeps = number % 4 == 1;
    Op op = op(cell, Way.NOW, 0, null);
    Sent message = model.begin(name, op, Lane.STREAM, null, null);
    boolean async = number % 3 != 0;
    ask(message, async, () -> client.denyAsync(op, keeps), () -> client.deny(op, keeps), open);
  }

  /** A message that is given up in the end. */
  private void failing(String cell, CellClient client, List<CompletableFuture<?>> open) {
    if (random.nextInt(3) == 0) {
      Op op = op(cell, Way.NOW, FOR_EVER, List.of());
      if (random.nextBoolean()) {
        cast(op, Lane.STREAM, client, false, open);
      } else {
        call(op, Lane.STREAM, client, true, open);
      }
    } else {
      call(op(cell, Way.NOW, 2, null), Lane.STREAM, client, true, open);
    }
  }

  /** From a node to which nothing happens: one that is cut off could not resume it. */
  private void pause(String cell, CellClient client) {
    if (place.hosts()) {
      return;
    }
    try {
      client.entity().pause("for a while");
      place.pause();
      client.entity().resume();
    } catch (RuntimeException e) {
      trouble(e, "pausing " + cell);
    }
  }

  /** A query: what it sees must be what is there, and no older than what was known before. */
  private void look(String cell, CellClient client, List<CompletableFuture<?>> open) {
    Look look = model.beginLook(cell);
    try {
      if (random.nextBoolean()) {
        look.saw(client.look());
      } else {
        open.add(
            client
                .lookAsync()
                .handle(
                    (log, error) -> {
                      if (error == null) {
                        look.saw(log);
                      } else {
                        trouble(
                            error instanceof CompletionException ? error.getCause() : error,
                            "looking at " + cell);
                      }
                      return true;
                    }));
      }
    } catch (RuntimeException e) {
      trouble(e, "looking at " + cell);
    }
  }

  /** A message to an entity that does not live for ever, or that entity's end. */
  private void mortal(List<CompletableFuture<?>> open) {
    String entity = Model.mortal(random.nextInt(plan.mortals()));
    CellClient client = client(entity);
    String id = name + "." + ++number;
    Op counted = op(id + "/0", Model.LEDGER, Way.NOW, 0, List.of());
    Op op = op(id, entity, Way.NOW, 0, List.of(counted));
    switch (random.nextInt(5)) {
      case 0 -> {
        if (random.nextBoolean()) {
          toBeVoided(entity, client);
        }
        kill(entity, client);
      }
      case 1 -> call(op, Lane.STREAM, client, random.nextBoolean(), open);
      case 2 -> {
        Sent message = model.begin(name, op, Lane.DELAYED, null, null);
        Instant time = place.now().plusMillis(plan.maxDelay());
        attempt(message, () -> client.at(time).note(op), () -> message.told(Told.QUEUED));
      }
      default -> cast(op, Lane.STREAM, client, random.nextBoolean(), open);
    }
  }

  /** Messages that are durable, and wait in the queue behind one that fails. */
  private void toBeVoided(String entity, CellClient client) {
    for (int i = 0; i < 3; i++) {
      String id = name + "." + ++number;
      Op counted = op(id + "/0", Model.LEDGER, Way.NOW, 0, List.of());
      Op op = op(id, entity, Way.NOW, i == 0 ? 2 : 0, List.of(counted));
      cast(op, Lane.STREAM, client, false, new ArrayList<>());
    }
  }

  /** A message to an entity that is deleted now and then, or one that deletes it. */
  private void leaver(List<CompletableFuture<?>> open) {
    String entity = Model.leaver(random.nextInt(LEAVERS));
    CellClient client = client(entity);
    String id = name + "." + ++number;
    String child = random.nextBoolean() ? entity : oneOf(plan.cells());
    Op op = op(id, entity, Way.NOW, 0, List.of(op(id + "/0", child, Way.NOW, 0, List.of())));
    switch (random.nextInt(8)) {
      case 0, 1 -> deleting(op, entity, () -> client.leave(op));
      case 2 -> {
        // What is sent with a lock is sent again if the lock is lost.
        Op alone = op(id, entity, Way.LOCKING, 0, List.of());
        deleting(alone, entity, () -> client.holdAndLeave(alone));
      }
      case 3 -> delete(entity, client);
      case 4 -> {
        Instant time = place.now().plusMillis(3L * plan.maxDelay());
        Op later = op.notBefore(time.toEpochMilli());
        Sent message = model.begin(name, later, Lane.DELAYED, null, null);
        attempt(message, () -> client.at(time).note(later), () -> message.told(Told.QUEUED));
        delete(entity, client);
      }
      case 5 -> call(op, Lane.STREAM, client, random.nextBoolean(), open);
      default -> cast(op, Lane.STREAM, client, random.nextBoolean(), open);
    }
  }

  /** A message that deletes its entity. */
  private void deleting(Op op, String entity, Supplier<Receipt> leave) {
    Delete delete = model.beginDelete(entity);
    Sent message = model.begin(name, op, Lane.STREAM, null, null);
    attempt(
        message,
        () -> {
          Receipt receipt = leave.get();
          delete.done(place.now());
          message.replied(receipt);
        },
        () -> {});
  }

  private void delete(String entity, CellClient client) {
    Delete delete = model.beginDelete(entity);
    try {
      boolean existed = client.entity().delete();
      delete.done(place.now());
      if (existed) {
        model.canary().reach(Reached.DELETED);
      }
    } catch (RuntimeException e) {
      trouble(e, "deleting " + entity);
    }
  }

  private void kill(String entity, CellClient client) {
    Kill kill = model.beginKill(entity);
    try {
      // Only a host knows how an entity begins.
      if (random.nextBoolean() || !place.hosts()) {
        client.entity().kill();
      } else {
        client.entity().reset();
      }
      kill.done();
      model.checkAfter(kill, client.read());
    } catch (EntityKilledException e) {
      // By another sender, while this one was reading.
      model.canary().reach(Reached.KILLED);
    } catch (RuntimeException e) {
      trouble(e, "killing " + entity);
    }
  }
}
