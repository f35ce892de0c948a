package io.dgen.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.error.DgenClosedException;
import io.dgen.error.OutcomeUnknownException;
import io.dgen.store.StoreException;
import io.dgen.tests.harness.Machine;
import io.dgen.tests.servers.Tape;
import io.dgen.tests.servers.TapeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends numbered messages to tapes from one machine: calls and casts, some of which it waits for at
 * once and some later. It notes what it was told of each.
 */
final class TapeSender {

  /** What a sender knows of a message. */
  private enum Told {
    /** Nothing, or that nobody knows. */
    NOTHING,
    DONE,
    /** That it was not done and will not be. */
    REFUSED
  }

  /** What is to be sent: a number of messages, or one call to each entity. */
  private record Burst(int messages) {

    static final Burst ROUND = new Burst(-1);
    static final Burst END = new Burst(0);
  }

  private final String name;
  private final Machine machine;
  private final List<String> entities;
  private final Random random;
  private final BlockingQueue<Burst> bursts = new LinkedBlockingQueue<>();
  private final AtomicInteger undone = new AtomicInteger();
  private final AtomicInteger heard;
  private final Map<String, Map<Integer, Told>> told = new ConcurrentHashMap<>();
  private int number;

  /** Whether a message failed, so that the next ones wait for the wire to be mended. */
  private volatile boolean resting;

  private volatile boolean closed;
  private volatile @Nullable Throwable problem;

  /**
   * Makes a sender, which begins to work.
   *
   * @param heard counts the messages that any sender has heard of
   */
  TapeSender(String name, Machine machine, List<String> entities, long seed, AtomicInteger heard) {
    this.name = name;
    this.machine = machine;
    this.entities = entities;
    this.random = new Random(seed);
    this.heard = heard;
    Thread.ofVirtual().name(name).start(this::work);
  }

  Machine machine() {
    return machine;
  }

  /** Begins to send messages. */
  void send(int messages) {
    add(new Burst(messages));
  }

  /** Begins to call each entity once, so that an entity that does not answer is noticed. */
  void callEach() {
    add(Burst.ROUND);
  }

  void end() {
    add(Burst.END);
  }

  private void add(Burst burst) {
    undone.incrementAndGet();
    bursts.add(burst);
  }

  /** Whether it has heard of all that it was to send, or its machine is no more. */
  boolean isIdle() {
    return undone.get() == 0 || closed || machine.isDead();
  }

  private void work() {
    try {
      Burst burst;
      do {
        burst = bursts.take();
        run(burst);
        undone.decrementAndGet();
      } while (!burst.equals(Burst.END) && !closed);
    } catch (InterruptedException | RuntimeException | Error e) {
      problem = e;
    }
  }

  private void run(Burst burst) {
    if (burst.equals(Burst.ROUND)) {
      entities.forEach(this::ask);
      return;
    }
    List<CompletableFuture<?>> later = new ArrayList<>();
    for (int i = 0; i < burst.messages() && !closed; i++) {
      String entity = entities.get(random.nextInt(entities.size()));
      TapeClient client = client(entity);
      switch (random.nextInt(4)) {
        case 0 -> begin(entity, own -> done(() -> client.mark(name, own))).join();
        case 1 -> ask(entity);
        case 2 -> later.add(begin(entity, own -> client.markAsync(name, own)));
        default -> later.add(begin(entity, own -> client.askAsync(name, own)));
      }
    }
    later.forEach(CompletableFuture::join);
  }

  private TapeClient client(String entity) {
    return TapeClient.of(machine.dgen(), entity);
  }

  private void ask(String entity) {
    begin(entity, own -> CompletableFuture.completedFuture(client(entity).ask(name, own))).join();
  }

  private static CompletableFuture<?> done(Runnable task) {
    task.run();
    return CompletableFuture.completedFuture(null);
  }

  /** Sends the next message; done when it has been heard of. */
  private CompletableFuture<?> begin(String entity, IntFunction<CompletableFuture<?>> message) {
    if (resting) {
      machine.awaitMended();
      resting = false;
    }
    int own = ++number;
    Map<Integer, Told> ofEntity =
        told.computeIfAbsent(entity, unknown -> new ConcurrentSkipListMap<>());
    ofEntity.put(own, Told.NOTHING);
    CompletableFuture<?> sent;
    try {
      sent = message.apply(own);
    } catch (RuntimeException e) {
      sent = CompletableFuture.failedFuture(e);
    }
    return sent.handle(
        (reply, error) -> {
          heard.incrementAndGet();
          if (error == null) {
            ofEntity.put(own, Told.DONE);
            if (reply != null && !reply.equals(new Tape.Echo(name, own))) {
              problem = new AssertionError("the reply to " + own + " is " + reply);
            }
          } else if (failed(error)) {
            ofEntity.put(own, Told.REFUSED);
          }
          return reply;
        });
  }

  /** A message failed. Returns whether it is certain that it was not done. */
  private boolean failed(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    resting = true;
    if (!machine.isFailing()) {
      problem = new AssertionError("nothing is wrong with the machine of " + name, cause);
    } else if (cause instanceof DgenClosedException) {
      closed = true;
    } else if (!(cause instanceof StoreException || cause instanceof OutcomeUnknownException)) {
      problem = cause;
    }
    return cause instanceof StoreException;
  }

  /** Fails if something came that must not. */
  void check() {
    assertThat(problem).as("what happened to %s", name).isNull();
  }

  /** What is on a tape is what this sender was told: once each, in the order sent, none lost. */
  void check(String entity, List<Integer> stored) {
    Map<Integer, Told> mine = told.getOrDefault(entity, Map.of());
    assertThat(stored)
        .as("what %s sent to %s: once each, in the order sent", name, entity)
        .isSorted()
        .doesNotHaveDuplicates()
        .isSubsetOf(mine.keySet());
    Set<Integer> there = Set.copyOf(stored);
    mine.forEach(
        (number, what) -> {
          if (what == Told.DONE) {
            assertThat(there).as("acknowledged to %s, in %s", name, entity).contains(number);
          } else if (what == Told.REFUSED) {
            assertThat(there).as("refused to %s, in %s", name, entity).doesNotContain(number);
          }
        });
  }

  String name() {
    return name;
  }
}
