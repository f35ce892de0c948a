package io.dgen.internal.store.simulation;

import io.dgen.internal.store.Database;
import io.dgen.internal.store.Scheduler;
import io.dgen.internal.store.StoreEnvironment;
import io.dgen.internal.store.StoreWorkers;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.serializability.Client;
import io.dgen.store.serializability.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One run of the real store, all of whose time, threads, chance and disk come from a seed. For one
 * thread.
 *
 * <p>Everything that could run at some moment is a choice, and the seed chooses: a client's next
 * step, a completion, the committing worker, or time. A write, or a wait, that takes time runs the
 * others meanwhile, on the same stack; who is on the stack is not chosen again.
 */
final class Simulation {

  private static final int CLIENTS = 4;
  private static final int TRANSACTIONS = 40;
  private static final long MILLI = 1_000_000;
  private static final int MANY_STEPS = 200_000;

  private record Timer(long at, long order, Runnable task) {}

  private final Random random;
  private final Workload workload = new Workload(TRANSACTIONS);
  private final List<Client> clients = new ArrayList<>();
  private final Set<Client> onStack = new HashSet<>();
  private final List<Runnable> completions = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));

  private long nanos;
  private long order;
  private int steps;
  private boolean isPrepared;
  private boolean hasFaults;
  private boolean isPowerOff;
  private boolean isBroken;

  private SimulatedDisk disk = new SimulatedDisk(this::write, this::put);
  private @Nullable Database database;
  private StoreWorkers.@Nullable Step work;
  private boolean isWorkDue;
  private boolean isWorking;

  Simulation(long seed) {
    random = new Random(seed);
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(workload.client(new Random(random.nextLong()), true));
    }
  }

  Workload workload() {
    return workload;
  }

  /** Runs the workload; returns what is wrong, in words. */
  List<String> run() {
    Database store = open();
    workload.prepare(store, future -> workers.await(future, Duration.ofMinutes(1)));
    isPrepared = true;
    hasFaults = true;
    while (!workload.isExhausted() || clients.stream().anyMatch(Client::isBusy)) {
      step();
      if (isPowerOff || isBroken || random.nextInt(500) == 0) {
        store = openAgain(store);
      }
    }
    hasFaults = false;
    store = openAgain(store);
    List<String> faults = workload.check(store);
    close(store);
    return faults;
  }

  private Database open() {
    work = null;
    isWorkDue = false;
    isWorking = false;
    isPowerOff = false;
    isBroken = false;
    boolean faults = hasFaults;
    hasFaults = false;
    Database opened =
        new Database(
            disk, new StoreEnvironment(() -> nanos, scheduler, random, this::execute, workers), 0);
    hasFaults = faults;
    database = opened;
    return opened;
  }

  /** Ends the store, in order or by a power cut, and opens it on what is on the disk. */
  private Database openAgain(Database store) {
    if (isPowerOff) {
      workload.count("power cut");
    } else {
      close(store);
      while (!completions.isEmpty()) {
        completions.remove(0).run();
      }
    }
    clients.forEach(Client::abandon);
    completions.clear();
    timers.clear();
    disk = disk.copy();
    return open();
  }

  private void close(Database store) {
    workload.count("closed");
    boolean faults = hasFaults;
    hasFaults = false;
    store.close();
    hasFaults = faults;
    if (!disk.isClosed()) {
      throw new AssertionError("the storage is not closed");
    }
  }

  /** One step of something. */
  private void step() {
    if (++steps > MANY_STEPS) {
      throw new AssertionError("nothing comes to an end");
    }
    List<Runnable> choices = new ArrayList<>();
    for (Client client : clients) {
      if (isPrepared && !onStack.contains(client)) {
        choices.add(() -> step(client));
      }
    }
    if (!completions.isEmpty()) {
      choices.add(this::complete);
      choices.add(this::complete);
    }
    if (isWorkDue && !isWorking) {
      choices.add(this::work);
      choices.add(this::work);
    }
    choices.add(this::passTime);
    choices.get(random.nextInt(choices.size())).run();
  }

  private void step(Client client) {
    Database store = database;
    if (store == null) {
      return;
    }
    onStack.add(client);
    try {
      var unused = client.step(store, !isPowerOff && !isBroken);
    } catch (StoreException e) {
      // The store was closed before the transaction began.
      if (!e.is(StoreError.STORE_CLOSED)) {
        throw e;
      }
    } finally {
      onStack.remove(client);
    }
  }

  private void complete() {
    completions.remove(random.nextInt(completions.size())).run();
  }

  private void work() {
    StoreWorkers.Step doing = work;
    if (doing == null) {
      return;
    }
    isWorking = true;
    isWorkDue = false;
    try {
      switch (doing.run()) {
        case WAIT -> {
          // Until it is woken.
        }
        case RETRY -> isWorkDue = true;
        case END -> work = null;
      }
    } catch (OutOfMemoryError e) {
      // As the real worker: the step is done again.
      isWorkDue = true;
    } finally {
      isWorking = false;
    }
  }

  private void passTime() {
    if (hasFaults && random.nextInt(2_000) == 0) {
      isPowerOff = true;
    }
    int kind = random.nextInt(200);
    long until =
        nanos
            + (kind == 0
                ? random.nextLong(6_000 * MILLI)
                : kind < 10 ? random.nextLong(100 * MILLI) : random.nextLong(MILLI));
    while (!timers.isEmpty() && timers.element().at <= until) {
      Timer timer = timers.remove();
      nanos = Math.max(nanos, timer.at);
      timer.task.run();
    }
    nanos = Math.max(nanos, until);
  }

  private final Scheduler scheduler =
      new Scheduler() {
        @Override
        public Cancellable schedule(Runnable task, Duration delay) {
          Timer timer = new Timer(nanos + delay.toNanos(), order++, task);
          timers.add(timer);
          return () -> timers.remove(timer);
        }
      };

  private void execute(Runnable task) {
    if (hasFaults && random.nextInt(100) == 0) {
      workload.count("completion refused");
      throw new OutOfMemoryError("simulated: unable to create native thread");
    }
    completions.add(task);
  }

  private final StoreWorkers workers =
      new StoreWorkers() {
        @Override
        public Worker start(String name, Step step) {
          work = step;
          isWorkDue = true;
          return () -> isWorkDue = true;
        }

        @Override
        public boolean await(CompletableFuture<?> future, Duration atMost) {
          long end = nanos + atMost.toNanos();
          while (!future.isDone() && nanos < end && !isPowerOff) {
            step();
          }
          return future.isDone();
        }
      };

  private void put() {
    if (hasFaults && random.nextInt(400) == 0) {
      workload.count("no memory before a write");
      throw new OutOfMemoryError("simulated");
    }
  }

  private SimulatedDisk.Fate write() {
    if (!hasFaults) {
      return SimulatedDisk.Fate.DONE;
    }
    if (isPowerOff) {
      return SimulatedDisk.Fate.FAILS_UNWRITTEN;
    }
    int kind = random.nextInt(100);
    long takes =
        kind < 50 ? 0 : kind < 92 ? random.nextLong(20 * MILLI) : random.nextLong(9_000 * MILLI);
    if (takes > 5_000 * MILLI) {
      workload.count("write of more than 5 s");
    }
    long end = nanos + takes;
    while (nanos < end && !isPowerOff) {
      step();
    }
    int fate = isPowerOff ? random.nextInt(2) : random.nextInt(250);
    if (fate == 0 && isPowerOff) {
      workload.count("power cut during a write");
    }
    if (fate <= 2) {
      isBroken = true;
      workload.count("failed write");
    }
    return switch (fate) {
      case 0 -> SimulatedDisk.Fate.FAILS_WRITTEN;
      case 1 -> SimulatedDisk.Fate.FAILS_UNWRITTEN;
      case 2 -> SimulatedDisk.Fate.NO_MEMORY;
      default -> SimulatedDisk.Fate.DONE;
    };
  }
}
