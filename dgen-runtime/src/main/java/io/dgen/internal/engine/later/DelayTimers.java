package io.dgen.internal.engine.later;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Shard;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.later.DelayMover.Moved;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.work.InFlight;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires delayed messages on the node that owns their shard. Each shard with pending messages has
 * one timer, for its next message only; a message that is due later than two poll intervals from
 * now has none, since the shard is read again before.
 *
 * <p>Firing runs at batch priority as all sweeping does, but not for ever: messages that are late
 * by more than their receivers' patience fire at normal priority. Thread-safe.
 */
public final class DelayTimers {

  private static final Logger LOG = LoggerFactory.getLogger(DelayTimers.class);

  /** How late a message may be before it fires at normal priority. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final TransactionOptions GIVING_WAY =
      TransactionOptions.builder()
          .priority(TransactionOptions.Priority.BATCH)
          .timeout(PATIENCE)
          .build();

  /** The delay after a failure. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final KeyLayout layout;
  private final DelayedMessages delayed;
  private final Environment environment;
  private final Transactor transactor;
  private final InFlight busy;
  private final Duration horizon;
  private final Host host;
  private final ConcurrentHashMap<Shard, Agenda> agendas = new ConcurrentHashMap<>();

  public DelayTimers(
      NodeStore store, DelayedMessages delayed, InFlight busy, Duration pollInterval, Host host) {
    this.layout = store.layout();
    this.delayed = delayed;
    this.environment = store.environment();
    this.transactor = store.transactor();
    this.busy = busy;
    this.horizon = pollInterval.multipliedBy(2);
    this.host = host;
  }

  /** The node. */
  public interface Host {

    /** Returns whether a shard is this node's, and the node is open. */
    boolean owns(String server, int shard);

    /** Signals that an entity's queue got messages. */
    void queued(Address address);
  }

  /** Tells the node that an entity's queue got messages. */
  void queued(Address address) {
    host.queued(address);
  }

  /** Begins to read which message of a shard is due first, as part of a scan. */
  public CompletableFuture<List<KeyValue>> first(ReadTransaction scan, String server, int shard) {
    byte[] prefix = layout.duePrefix(server, shard);
    return scan.getRange(prefix, Keys.prefixEnd(prefix), 1);
  }

  /** Processes the result of {@link #first}. */
  public void seen(String server, int shard, List<KeyValue> first) {
    if (!first.isEmpty()) {
      Agenda agenda = agenda(server, shard);
      agenda.due(agenda.messages.dueOf(first.getFirst().key()));
    }
  }

  /** Reports that this node sent a message: it need not wait for the bell of its shard. */
  void sent(Ticket ticket) {
    String server = ticket.address().server();
    int shard = KeyLayout.shard(server, ticket.address().id());
    if (host.owns(server, shard)) {
      agenda(server, shard).due(ticket.due());
    }
  }

  private Agenda agenda(String server, int shard) {
    return agendas.computeIfAbsent(new Shard(server, shard), Agenda::new);
  }

  /** The timer of one shard. */
  private final class Agenda {

    private final Shard shard;
    private final DelayMover messages;

    /** When the timer fires; null if there is none. */
    private @Nullable Long armedFor;

    private Environment.@Nullable Cancellable timer;
    private boolean moving;

    /** The earliest due time that was reported while messages were being moved. */
    private @Nullable Long heard;

    Agenda(Shard shard) {
      this.shard = shard;
      this.messages = new DelayMover(layout, delayed, environment, shard.server(), shard.number());
    }

    /** Reports that a message is due at a time. */
    synchronized void due(long millis) {
      if (moving) {
        heard = heard == null ? millis : Math.min(heard, millis);
        return;
      }
      if (armedFor != null && armedFor < millis) {
        return;
      }
      // An armed timer is armed again: the clock may have been set since.
      Duration wait = Duration.between(environment.now(), Instant.ofEpochMilli(millis));
      if (wait.compareTo(horizon) > 0) {
        forgetIfIdle();
        return;
      }
      if (timer != null) {
        timer.cancel();
      }
      armedFor = millis;
      timer =
          environment.schedule(
              wait.isNegative() ? Duration.ZERO : wait,
              () -> environment.execute(() -> fire(millis)));
    }

    private void fire(long millis) {
      synchronized (this) {
        if (armedFor == null || armedFor != millis) {
          return;
        }
        armedFor = null;
        timer = null;
        if (!host.owns(shard.server(), shard.number())) {
          forgetIfIdle();
          return;
        }
        moving = true;
      }
      busy.begin();
      Long next = null;
      try {
        next = moveAll(millis);
      } catch (StoreException e) {
        LOG.warn(
            "cannot fire delayed messages of {}; trying again in {}: {}",
            shard,
            AFTER_FAILURE,
            e.getMessage());
        next = later();
      } catch (InterruptedException e) {
        // The node is closing; the next owner continues.
      } catch (RuntimeException | Error e) {
        LOG.error(
            "cannot fire delayed messages of {}; trying again in {}", shard, AFTER_FAILURE, e);
        next = later();
      } finally {
        synchronized (this) {
          moving = false;
          if (heard != null) {
            next = next == null ? heard : Long.valueOf(Math.min(next, heard));
            heard = null;
          }
        }
        busy.end();
      }
      if (next != null) {
        due(next);
      }
      forgetIfIdle();
    }

    private long later() {
      return environment.now().plus(AFTER_FAILURE).toEpochMilli();
    }

    /**
     * Forgets a shard without pending messages. If it is used at this moment, it is created again.
     */
    private synchronized void forgetIfIdle() {
      if (timer == null && !moving) {
        agendas.remove(shard, this);
      }
    }

    /**
     * Moves all due messages; returns when the next message is due.
     *
     * @param first when the first one is due
     */
    private @Nullable Long moveAll(long first) throws InterruptedException {
      long due = first;
      while (true) {
        Set<Address> entities = new LinkedHashSet<>();
        Moved moved = move(due, entities);
        moved.damaged().report();
        entities.forEach(host::queued);
        Long next = moved.next();
        if (next == null
            || next > environment.now().toEpochMilli()
            || !host.owns(shard.server(), shard.number())) {
          return next;
        }
        due = next;
      }
    }

    private Moved move(long due, Set<Address> entities) throws InterruptedException {
      if (environment.now().toEpochMilli() - due <= PATIENCE.toMillis()) {
        try {
          return move(GIVING_WAY, entities);
        } catch (StoreException e) {
          if (!e.is(StoreError.TRANSACTION_TIMED_OUT)) {
            throw e;
          }
        }
      }
      return move(TransactionOptions.DEFAULT, entities);
    }

    private Moved move(TransactionOptions options, Set<Address> entities)
        throws InterruptedException {
      return transactor.runIdempotent(
          options,
          transaction -> {
            Moved each = messages.move(transaction);
            // Of every attempt: one whose outcome was unknown may have moved them.
            entities.addAll(each.entities());
            return each;
          });
    }
  }
}
