package io.dgen.tests.model;

import io.dgen.tests.model.Cell.Entry;
import io.dgen.tests.model.Cell.Mark;
import io.dgen.tests.model.Cell.Op;
import io.dgen.tests.model.Cell.Receipt;
import io.dgen.tests.model.Cell.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What senders were told, against what is stored in the end.
 *
 * <p>Each message has a beginning and, once its sender has heard of it, an end, on one clock that
 * counts such moments. From these follows what must be there, how often, and what may not stand
 * before what. Thread-safe until {@link #check}.
 */
public final class Model {

  /** The entity that counts what is done in mortal entities, whose own logs do not last. */
  public static final String LEDGER = "ledger";

  private static final String MORTAL = "mortal-";
  private static final String LEAVER = "leaver-";

  /** By how much the clocks of two nodes may differ, and more. */
  private static final long SKEW = 1000;

  private static final long NEVER = Long.MAX_VALUE;
  private static final int SHOWN = 20;

  /** What a sender was told of a message. */
  public enum Told {
    /** Nothing, or that nobody knows. */
    NOTHING,
    /** It is durable. */
    QUEUED,
    EXECUTED,
    /** It was not done and never will be. */
    REFUSED,
    DEAD,
    KILLED
  }

  /** In what order a message is done, among others to its entity. */
  public enum Lane {
    /** In the order in which its sender sends. */
    STREAM,
    /** Behind what was queued before it. */
    QUEUE,
    /** At once, past whatever waits. */
    PRIORITY,
    /** When its time has come. */
    DELAYED
  }

  private final AtomicLong clock = new AtomicLong();
  private final Canary canary = new Canary();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final List<Kill> kills = new CopyOnWriteArrayList<>();
  private final List<Delete> deletes = new CopyOnWriteArrayList<>();
  private final List<Look> looks = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Map<String, List<Integer>> hosts = new HashMap<>();
  private final Set<String> runs = new HashSet<>();

  /** What each step returned first, by its key for services. */
  private final Map<String, String> draws = new ConcurrentHashMap<>();

  public Canary canary() {
    return canary;
  }

  static boolean isMortal(String entity) {
    return entity.startsWith(MORTAL);
  }

  /** The name of an entity that is killed and reset now and then. */
  public static String mortal(int number) {
    return MORTAL + number;
  }

  /** The name of an entity that is deleted now and then, by messages. */
  public static String leaver(int number) {
    return LEAVER + number;
  }

  static boolean leaves(String entity) {
    return entity.startsWith(LEAVER);
  }

  /** A message, from its sending on. */
  public final class Sent {

    private final String sender;
    private final Op op;
    private final Lane lane;
    private final @Nullable String key;
    private final @Nullable String group;
    private final long began = clock.incrementAndGet();
    private volatile long ended = NEVER;
    private volatile Told told = Told.NOTHING;
    private volatile @Nullable Receipt receipt;
    private volatile @Nullable Boolean cancelled;

    private Sent(String sender, Op op, Lane lane, @Nullable String key, @Nullable String group) {
      this.sender = sender;
      this.op = op;
      this.lane = lane;
      this.key = key;
      this.group = group;
    }

    public void told(Told what) {
      told = what;
      ended = clock.incrementAndGet();
      if (what == Told.NOTHING) {
        ended = NEVER;
        canary.reach(Reached.UNKNOWN_TO_SENDER);
      }
    }

    public void replied(Receipt reply) {
      receipt = reply;
      told(Told.EXECUTED);
    }

    /** Its sender begins to cancel it: from now on it may come or not. */
    void cancelling() {
      told = Told.NOTHING;
    }

    void cancelled(boolean inTime) {
      cancelled = inTime;
      told = Told.QUEUED;
      canary.reach(inTime ? Reached.CANCELLED : Reached.CANCELLED_TOO_LATE);
    }

    boolean isUnknown() {
      return told == Told.NOTHING;
    }

    @Override
    public String toString() {
      return "%s to %s by %s (%s, %s%s, %d to %s)"
          .formatted(
              op.id(),
              op.to(),
              sender,
              lane,
              told,
              key == null ? "" : ", key",
              began,
              ended == NEVER ? "?" : ended);
    }
  }

  /** The end of an entity. */
  final class Kill {

    private final String entity;
    private final long began = clock.incrementAndGet();
    private volatile long ended = NEVER;

    private Kill(String entity) {
      this.entity = entity;
    }

    void done() {
      ended = clock.incrementAndGet();
      canary.reach(Reached.KILLED);
    }
  }

  /** The end of an entity in its turn among its messages. */
  final class Delete {

    private final String entity;
    private final long began = clock.incrementAndGet();
    private volatile long ended = NEVER;

    /** When it was known to have happened, by the clock of its sender. */
    private volatile long at = NEVER;

    private Delete(String entity) {
      this.entity = entity;
    }

    void done(Instant now) {
      at = now.toEpochMilli();
      ended = clock.incrementAndGet();
      canary.reach(Reached.DELETED);
    }

    /** Whether a delayed message was there before, and was not due by the end. */
    private boolean takes(Sent message) {
      return message.lane == Lane.DELAYED
          && message.op.to().equals(entity)
          && message.told == Told.QUEUED
          && message.ended < began
          && ended != NEVER
          && message.op.notBefore() > at + SKEW;
    }
  }

  /** A query. */
  final class Look {

    private final String entity;
    private final long began = clock.incrementAndGet();
    private volatile long ended = NEVER;
    private volatile List<Entry> log = List.of();

    private Look(String entity) {
      this.entity = entity;
    }

    void saw(List<Entry> what) {
      log = what;
      ended = clock.incrementAndGet();
      canary.reach(Reached.QUERIED);
    }

    @Override
    public String toString() {
      return "a query of %s (%d to %s)".formatted(entity, began, ended == NEVER ? "?" : ended);
    }
  }

  public Sent begin(String sender, Op op, Lane lane, @Nullable String key, @Nullable String group) {
    Sent message = new Sent(sender, op, lane, key, group);
    sent.add(message);
    return message;
  }

  Look beginLook(String entity) {
    Look look = new Look(entity);
    looks.add(look);
    return look;
  }

  Delete beginDelete(String entity) {
    Delete delete = new Delete(entity);
    deletes.add(delete);
    return delete;
  }

  Kill beginKill(String entity) {
    Kill kill = new Kill(entity);
    kills.add(kill);
    return kill;
  }

  /** What must never happen has happened. */
  public void problem(String what) {
    problems.add(what);
  }

  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** A callback runs on a node, whether it counts or not. */
  public synchronized void runs(int node, String entity, Op op, int attempt) {
    if (attempt > 1) {
      canary.reach(Reached.FAILED_ATTEMPT);
    }
    if (!runs.add(op.id() + " " + attempt)) {
      canary.reach(Reached.VOID_RUN);
    }
    List<Integer> nodes = hosts.computeIfAbsent(entity, unknown -> new ArrayList<>());
    if (nodes.isEmpty() || nodes.getLast() != node) {
      if (nodes.contains(node)) {
        canary.reach(Reached.SPLIT);
      }
      nodes.add(node);
    }
  }

  /**
   * A step runs.
   *
   * @param step its key for services
   * @return its result, which no other run of it returns
   */
  String draw(String step, int attempt) {
    if (attempt > 1) {
      canary.reach(Reached.REPEATED_STEP);
    }
    return step + " " + clock.incrementAndGet();
  }

  /** Work under a lock has come past a sleep. */
  void slept() {
    canary.reach(Reached.SLEPT);
  }

  /** A step has returned, because it ran or because it is recorded: always the same. */
  void drew(String drawn) {
    String before = draws.putIfAbsent(drawn.substring(0, drawn.indexOf(' ')), drawn);
    if (before != null) {
      canary.reach(Reached.REPLAYED_STEP);
      if (!before.equals(drawn)) {
        problem("a step returned first " + before + " and then " + drawn);
      }
    }
  }

  /** Nothing that was acknowledged before an entity's end is in the log of the next one. */
  void checkAfter(Kill kill, List<Entry> log) {
    for (Entry entry : log) {
      for (Sent message : sent) {
        if (message.op.id().equals(entry.op()) && message.ended < kill.began) {
          problem("outlived a kill of " + kill.entity + ": " + message);
        }
      }
    }
  }

  /** What is stored in the end, or an entity's part of it. */
  public record Stored(List<Entry> log, List<String> letters, long runs) {}

  /** Fails if what is stored is not what the senders were told. */
  public void check(Map<String, Stored> stored, Set<String> groups) {
    Check check = new Check(stored, groups);
    check.run();
    List<String> faults = new ArrayList<>(problems);
    faults.addAll(check.faults);
    if (check.done.isEmpty()) {
      faults.add("nothing was done at all");
    }
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "%d faults:%n  %s"
              .formatted(
                  faults.size(),
                  String.join("\n  ", faults.size() > SHOWN ? faults.subList(0, SHOWN) : faults)));
    }
  }

  /** One look at the end. */
  private final class Check {

    private final Map<String, Stored> stored;
    private final Set<String> groups;
    private final Set<String> faults = new LinkedHashSet<>();

    /** How often each message was done, wherever, and how often it was begun. */
    private final Map<String, Integer> done = new HashMap<>();

    private final Map<String, Mark> revoked = new HashMap<>();
    private final Set<String> letters = new HashSet<>();

    /** The first sending of each message, and all of them. */
    private final Map<String, List<Sent>> byId = new LinkedHashMap<>();

    private final Map<String, Op> ops = new LinkedHashMap<>();

    Check(Map<String, Stored> stored, Set<String> groups) {
      this.stored = stored;
      this.groups = groups;
      for (Sent message : sent) {
        byId.computeIfAbsent(message.op.id(), unknown -> new ArrayList<>()).add(message);
        learn(message.op);
      }
    }

    private void learn(Op op) {
      ops.put(op.id(), op);
      op.sends().forEach(this::learn);
    }

    void run() {
      stored.forEach(this::count);
      byId.forEach(this::checkCount);
      ops.values().forEach(this::checkSends);
      checkGroups();
      stored.forEach(
          (entity, found) -> {
            if (!isMortal(entity)) {
              if (!leaves(entity)) {
                checkReceipts(entity, found.log());
              }
              checkTime(entity, found.log());
              checkStreams(entity, found.log());
              checkLock(entity, found);
              checkRuns(entity, found);
            }
          });
      checkOrderOfSends();
      checkKills();
      checkDeletes();
      looks.stream().filter(look -> look.ended != NEVER).forEach(this::checkLook);
    }

    /**
     * A query saw a beginning of what is there now, and everything that was known when it began.
     */
    private void checkLook(Look look) {
      Stored found = stored.get(look.entity);
      List<Entry> now = found == null ? List.of() : found.log();
      int size = look.log.size();
      if (size > now.size() || !now.subList(0, size).equals(look.log)) {
        fault(look + " saw what was never there: " + look.log);
      }
      Set<String> seen = new HashSet<>();
      look.log.forEach(entry -> seen.add(entry.op()));
      for (Sent message : sent) {
        if (message.op.to().equals(look.entity)
            && message.told == Told.EXECUTED
            && message.ended < look.began
            && !seen.contains(message.op.id())) {
          fault(look + " did not see " + message);
        }
      }
      for (Look earlier : looks) {
        if (earlier.entity.equals(look.entity)
            && earlier.ended < look.began
            && earlier.log.size() > size) {
          fault(look + " saw less than " + earlier);
        }
      }
    }

    private void fault(String what) {
      faults.add(what);
    }

    private void count(String entity, Stored found) {
      for (Entry entry : found.log()) {
        Op op = ops.get(entry.op());
        if (op == null) {
          fault("nobody sent " + entry + " in " + entity);
          continue;
        }
        switch (entry.mark()) {
          case DONE, FINISHED -> {
            if (!op.to().equals(entity)) {
              fault("sent to " + op.to() + ", done in " + entity + ": " + entry.op());
            }
            if (!isMortal(entity)) {
              done.merge(entry.op(), 1, Integer::sum);
            }
          }
          case REVOKED, NOT_REVOKED -> revoked.put(entry.op(), entry.mark());
          case EARLY -> fault("early: " + entry.op() + " in " + entity);
          case BEGUN -> {}
        }
      }
      for (String letter : found.letters()) {
        canary.reach(Reached.DEAD_LETTER);
        if (!letters.add(letter)) {
          fault("twice among the dead letters of " + entity + ": " + letter);
        }
      }
      // What is done in an entity that may be killed is counted by what it sends to the ledger.
      if (entity.equals(LEDGER)) {
        for (Entry entry : found.log()) {
          String cause = entry.op().substring(0, Math.max(0, entry.op().lastIndexOf('/')));
          Op op = ops.get(cause);
          if (op != null && isMortal(op.to())) {
            done.merge(cause, 1, Integer::sum);
          }
        }
      }
    }

    private int times(String id) {
      return done.getOrDefault(id, 0);
    }

    private void checkCount(String id, List<Sent> all) {
      int times = times(id);
      int total = times + (letters.contains(id) ? 1 : 0);
      Sent first = all.getFirst();
      if (times > 1) {
        fault("done " + times + " times: " + first);
      } else if (total > 1) {
        fault("done, and given up too: " + first);
      }
      boolean mayBeVoid = (isMortal(first.op.to()) && wasKilledAfter(first)) || mayBeDeleted(first);
      boolean promised =
          all.stream().anyMatch(each -> each.told == Told.EXECUTED)
              || (!mayBeVoid && all.stream().anyMatch(each -> each.told == Told.QUEUED));
      boolean cancelled = all.stream().anyMatch(each -> Boolean.TRUE.equals(each.cancelled));
      if (cancelled) {
        if (total > 0) {
          fault("done although it was cancelled: " + first);
        }
      } else if (promised && total == 0) {
        fault("lost: " + all);
      } else if (mayBeVoid && total == 0 && first.told == Told.QUEUED) {
        canary.reach(Reached.VOIDED);
      }
      checkNotDone(all, total);
      if (all.stream().filter(each -> each.told == Told.EXECUTED).count() > 1 && times == 1) {
        canary.reach(Reached.REPEATED_KEY);
      }
    }

    private void checkNotDone(List<Sent> all, int total) {
      for (Sent each : all) {
        if (each.key == null
            && total > 0
            && (each.told == Told.REFUSED || each.told == Told.KILLED)) {
          fault("done although its sender was told that it was not: " + each);
        }
        if (each.told == Told.DEAD && !letters.contains(each.op.id())) {
          fault("its sender was told that it was given up, and it was not: " + each);
        }
      }
    }

    private boolean wasKilledAfter(Sent message) {
      return kills.stream()
          .anyMatch(kill -> kill.entity.equals(message.op.to()) && kill.ended > message.began);
    }

    /** A delayed message goes with its entity, if that is deleted before it is due. */
    private boolean mayBeDeleted(Sent message) {
      return message.lane == Lane.DELAYED
          && deletes.stream()
              .anyMatch(
                  delete -> delete.entity.equals(message.op.to()) && delete.ended > message.began);
    }

    private void checkDeletes() {
      for (Delete delete : deletes) {
        for (Sent message : sent) {
          if (delete.takes(message)) {
            canary.reach(Reached.DELETED_BEFORE_IT_WAS_DUE);
            if (times(message.op.id()) > 0) {
              fault("outlived the delete of " + delete.entity + ": " + message);
            }
          }
        }
      }
    }

    /** What a callback sends is there exactly as often as the callback counts. */
    private void checkSends(Op op) {
      if (isMortal(op.to())) {
        return;
      }
      for (Op send : op.sends()) {
        int expected = times(op.id());
        int found = times(send.id()) + (letters.contains(send.id()) ? 1 : 0);
        Mark fate = revoked.get(send.id());
        if (fate == Mark.REVOKED) {
          canary.reach(Reached.REVOKED);
          expected = 0;
        }
        if (send.way() == Way.ANSWER && found > 0) {
          canary.reach(Reached.ANSWERED_LATER);
        }
        if (found != expected) {
          fault(
              "sent by a callback (%s, from %s to %s), %s, found %d times instead of %d: %s"
                  .formatted(
                      send.way(),
                      op.to(),
                      send.to(),
                      fate == null ? "not revoked" : fate.toString(),
                      found,
                      expected,
                      send.id()));
        }
      }
    }

    /** All or none of the messages of a batch, or of a transaction, are there. */
    private void checkGroups() {
      Map<String, List<Sent>> byGroup = new TreeMap<>();
      for (Sent message : sent) {
        String group = message.group;
        if (group != null) {
          byGroup.computeIfAbsent(group, unknown -> new ArrayList<>()).add(message);
        }
      }
      byGroup.forEach(
          (group, all) -> {
            long found = all.stream().filter(each -> times(each.op.id()) > 0).count();
            if (found != 0 && found != all.size()) {
              fault("only " + found + " of " + all.size() + " of one transaction: " + all);
            }
            boolean own = group.startsWith(ModelSender.TRANSACTION);
            if (own && groups.contains(group) != found > 0) {
              fault("what a transaction wrote and what it sent are not together: " + all);
            }
          });
    }

    private void checkReceipts(String entity, List<Entry> log) {
      for (Sent message : sent) {
        Receipt receipt = message.receipt;
        if (receipt == null || !message.op.to().equals(entity)) {
          continue;
        }
        String id = message.op.id();
        if (!receipt.op().equals(id)) {
          fault("got the reply to " + receipt.op() + ": " + message);
        } else if (log.stream()
                .noneMatch(entry -> entry.op().equals(id) && entry.mark() == Mark.BEGUN)
            && (receipt.place() >= log.size() || !log.get(receipt.place()).op().equals(id))) {
          fault("got a reply that does not count, " + receipt + ": " + message);
        }
      }
    }

    /** The place of each message in a log. */
    private Map<String, Integer> places(List<Entry> log) {
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < log.size(); i++) {
        Mark mark = log.get(i).mark();
        if (mark == Mark.DONE || mark == Mark.BEGUN) {
          places.putIfAbsent(log.get(i).op(), i);
        }
      }
      return places;
    }

    /**
     * Nothing stands before what had been done before it began; and nothing but what goes past the
     * queue stands before what had been queued before it began.
     */
    private void checkTime(String entity, List<Entry> log) {
      Sent latest = null;
      Sent latestQueued = null;
      Map<String, Integer> places = places(log);
      for (int i = 0; i < log.size(); i++) {
        List<Sent> all = byId.get(log.get(i).op());
        if (all == null || places.getOrDefault(log.get(i).op(), -1) != i) {
          continue;
        }
        Sent first = all.getFirst();
        long executed = ended(all, Told.EXECUTED);
        long queued = first.lane == Lane.DELAYED ? NEVER : ended(all, Told.QUEUED);
        if (latest != null && latest.began > executed) {
          fault("out of order in " + entity + ": " + latest + " stands before " + all);
        }
        if (latestQueued != null && latestQueued.began > Math.min(executed, queued)) {
          fault("out of order in " + entity + ": " + latestQueued + " stands before " + all);
        }
        if (latest == null || first.began > latest.began) {
          latest = first;
        }
        if (first.lane != Lane.PRIORITY
            && (latestQueued == null || first.began > latestQueued.began)) {
          latestQueued = first;
        }
      }
    }

    private static long ended(List<Sent> all, Told told) {
      return all.stream()
          .filter(each -> each.told == told)
          .mapToLong(each -> each.ended)
          .min()
          .orElse(NEVER);
    }

    /** A sender's messages come in the order in which it sent them. */
    private void checkStreams(String entity, List<Entry> log) {
      Map<String, Integer> places = places(log);
      Map<String, Sent> last = new HashMap<>();
      sent.stream()
          .filter(each -> each.op.to().equals(entity) && each.key == null)
          .filter(each -> each.lane == Lane.STREAM || each.lane == Lane.DELAYED)
          .filter(each -> places.containsKey(each.op.id()))
          .sorted(Comparator.comparing(each -> places.get(each.op.id())))
          .forEach(
              each -> {
                // Of delayed messages those that are due at the same time.
                String stream =
                    each.sender + (each.lane == Lane.DELAYED ? " " + each.op.notBefore() : "");
                Sent before = last.put(stream, each);
                if (before != null && before.began > each.began) {
                  fault(
                      "out of its sender's order in %s: %s before %s"
                          .formatted(entity, before, each));
                }
              });
    }

    /**
     * Between the beginning and the end of what holds the lock, only priority messages run. If the
     * lock was lost meanwhile, and the message began again, only since it did so for the last time.
     */
    private void checkLock(String entity, Stored found) {
      String holder = null;
      List<String> between = new ArrayList<>();
      for (Entry entry : found.log()) {
        switch (entry.mark()) {
          case BEGUN -> {
            if (entry.op().equals(holder)) {
              canary.reach(Reached.TAKE_OVER);
            } else if (holder != null && !letters.contains(holder)) {
              fault("took the lock of " + holder + " in " + entity + ": " + entry.op());
            }
            holder = entry.op();
            between.clear();
          }
          case FINISHED -> {
            if (!entry.op().equals(holder)) {
              fault("finished without the lock in " + entity + ": " + entry.op());
            }
            for (String other : between) {
              fault("done under the lock of " + holder + " in " + entity + ": " + other);
            }
            holder = null;
            between.clear();
          }
          case DONE -> {
            if (holder != null) {
              List<Sent> all = byId.get(entry.op());
              if (all != null && all.getFirst().lane == Lane.PRIORITY) {
                canary.reach(Reached.PAST_A_LOCK);
              } else {
                between.add(entry.op());
              }
            }
          }
          case REVOKED, NOT_REVOKED, EARLY -> {}
        }
      }
    }

    /** What callbacks wrote by themselves is committed with the rest. */
    private void checkRuns(String entity, Stored found) {
      long logged =
          found.log().stream()
              .filter(entry -> entry.mark() == Mark.DONE || entry.mark() == Mark.BEGUN)
              .count();
      if (logged != found.runs()) {
        fault(
            "the callbacks of %s wrote %d times, and logged %d times"
                .formatted(entity, found.runs(), logged));
      }
    }

    /** What one entity sends to another comes in the order in which it was sent. */
    private void checkOrderOfSends() {
      stored.forEach(
          (from, source) -> {
            Map<String, List<String>> sends = new TreeMap<>();
            for (Entry entry : source.log()) {
              Op op = ops.get(entry.op());
              if (op == null || entry.mark() != Mark.DONE) {
                continue;
              }
              for (Op send : op.sends()) {
                if (send.way() == Way.NOW
                    || send.way() == Way.LOCKING
                    || send.way() == Way.ANSWER) {
                  sends.computeIfAbsent(send.to(), unknown -> new ArrayList<>()).add(send.id());
                }
              }
            }
            sends.forEach((to, ids) -> checkOrder(from, to, ids));
          });
    }

    private void checkOrder(String from, String to, List<String> ids) {
      Stored target = stored.get(to);
      if (target == null || isMortal(to)) {
        return;
      }
      Map<String, Integer> places = places(target.log());
      String before = null;
      for (String id : ids) {
        Integer place = places.get(id);
        if (place == null) {
          continue;
        }
        if (before != null && places.getOrDefault(before, -1) > place) {
          fault("from %s to %s, %s came before %s".formatted(from, to, id, before));
        }
        before = id;
      }
    }

    private void checkKills() {
      for (Kill kill : kills) {
        Stored found = stored.get(kill.entity);
        if (kill.ended != NEVER && found != null) {
          for (Entry entry : found.log()) {
            for (Sent message : byId.getOrDefault(entry.op(), List.of())) {
              if (message.ended < kill.began && message.told != Told.NOTHING) {
                fault("outlived a kill of " + kill.entity + ": " + message);
              }
            }
          }
        }
      }
    }
  }
}
