package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.Failure;
import io.dgen.error.CallbackException;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.HostileCollections;
import io.dgen.tests.servers.HostileCollectionsClient;
import io.dgen.tests.servers.HostileCollectionsServer;
import io.dgen.tests.servers.ScriptedClient;
import io.dgen.tests.servers.ScriptedServer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures of the user's that have no end: no walk over them goes on for ever. */
@Timeout(60)
class EndlessTest extends OnEveryStore {

  /** Exceptions that somebody who follows their causes never comes to the end of. */
  enum Thrown implements Supplier<RuntimeException> {
    CYCLE {
      @Override
      public RuntimeException get() {
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalArgumentException("second");
        first.initCause(second);
        second.initCause(first);
        return first;
      }
    },
    CYCLE_OF_SUPPRESSED {
      @Override
      public RuntimeException get() {
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalArgumentException("second");
        first.addSuppressed(second);
        second.initCause(first);
        return first;
      }
    },
    ALWAYS_ANOTHER_CAUSE {
      @Override
      public RuntimeException get() {
        return new RuntimeException("first") {
          @Override
          public synchronized Throwable getCause() {
            return Thrown.ALWAYS_ANOTHER_CAUSE.get();
          }
        };
      }
    },
    LONG_CHAIN {
      @Override
      public RuntimeException get() {
        RuntimeException last = new IllegalStateException("first");
        for (int i = 0; i < 100_000; i++) {
          last = new IllegalStateException("first", last);
        }
        return last;
      }
    },
    MANY_SUPPRESSED {
      @Override
      public RuntimeException get() {
        RuntimeException last = new IllegalStateException("first");
        for (int i = 0; i < 64; i++) {
          RuntimeException next = new IllegalStateException("first");
          next.addSuppressed(last);
          next.initCause(last);
          last = next;
        }
        return last;
      }
    },
    LONG_MESSAGE {
      @Override
      public RuntimeException get() {
        return new IllegalStateException("first " + "x".repeat(5_000_000));
      }
    },
    ENDLESS_PRINT {
      @Override
      public RuntimeException get() {
        return new RuntimeException("first") {
          @Override
          public void printStackTrace(PrintWriter out) {
            while (true) {
              out.println("and so on");
            }
          }
        };
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void anExceptionIsCountedAndShown(Thrown thrown) throws InterruptedException {
    BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();
    Dgen node =
        cluster.node(
            options ->
                options.toBuilder()
                    .failures(it -> it.deadLetterThreshold(2))
                    .failureListener(failures::add)
                    .build());
    node.host(
        ScriptedServer.of(
            (script, context) -> {
              throw thrown.get();
            }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    assertThatThrownBy(() -> scripted.ask("x"))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("first");
    assertThatThrownBy(() -> scripted.priority().ask("x"))
        .isInstanceOf(CallbackException.class)
        .satisfies(EndlessTest::assertEnds);
    assertThat(scripted.got()).isEmpty();
    assertThat(scripted.entity().deadLetters().list(1).items().getFirst().stack())
        .contains("first");
    Failure failure = failures.poll(30, TimeUnit.SECONDS);
    assertThat(failure).isNotNull();
    assertEnds(failure.reason().orElseThrow());
  }

  /** Whoever gets it may follow it. */
  private static void assertEnds(@Nullable Throwable error) {
    int steps = 0;
    for (Throwable each = error; each != null && steps < 999; each = each.getCause()) {
      steps++;
    }
    assertThat(steps).isBetween(1, 300);
  }

  /** Says that it has three items, and gives one after another. */
  private static final class EndlessList<E> extends AbstractList<E> {

    private final IntFunction<E> items;

    EndlessList(IntFunction<E> items) {
      this.items = items;
    }

    @Override
    public E get(int index) {
      return items.apply(index);
    }

    @Override
    public Iterator<E> iterator() {
      return IntStream.iterate(0, i -> i + 1).mapToObj(items).iterator();
    }

    @Override
    public int size() {
      return 3;
    }
  }

  private static final class EndlessSet<E> extends AbstractSet<E> {

    private final IntFunction<E> items;

    EndlessSet(IntFunction<E> items) {
      this.items = items;
    }

    @Override
    public Iterator<E> iterator() {
      return IntStream.iterate(0, i -> i + 1).mapToObj(items).iterator();
    }

    @Override
    public int size() {
      return 3;
    }
  }

  private static final class EndlessMap extends AbstractMap<String, String> {
    @Override
    public Set<Entry<String, String>> entrySet() {
      return new EndlessSet<>(i -> Map.entry("k" + i, "v"));
    }
  }

  /** Makes a part of the state of something endless. */
  private static HostileCollections.State woven(String part, HostileCollections.State was) {
    List<String> list = new EndlessList<>(i -> "x");
    Map<String, String> map = new EndlessMap();
    return switch (part) {
      case "list" ->
          new HostileCollections.State(list, was.knots(), was.set(), was.entries(), was.map());
      case "knots" ->
          new HostileCollections.State(
              was.list(),
              new EndlessList<>(i -> new HostileCollections.Knot("k" + i)),
              was.set(),
              was.entries(),
              was.map());
      case "set" ->
          new HostileCollections.State(
              was.list(), was.knots(), new EndlessSet<>(i -> "x" + i), was.entries(), was.map());
      case "entries" ->
          new HostileCollections.State(was.list(), was.knots(), was.set(), map, was.map());
      case "map" ->
          new HostileCollections.State(was.list(), was.knots(), was.set(), was.entries(), map);
      default ->
          new HostileCollections.State(List.of("x"), List.of(), Set.of(), Map.of(), Map.of());
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "knots", "set", "entries", "map"})
  void aCollectionOfTheStateIsAFailureOfItsMessage(String part) {
    HostileCollectionsClient hostile = hostile();
    assertThatThrownBy(() -> hostile.weave(part))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("has a size of 3");
    assertThat(hostile.weave("one")).isZero();
    assertThat(hostile.weave("one")).isEqualTo(1);
  }

  @Test
  void aReplyIsAFailureOfItsMessage() {
    HostileCollectionsClient hostile = hostile();
    assertThatThrownBy(() -> hostile.spin("list"))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("has a size of 3");
    assertThat(hostile.weave("one")).isZero();
  }

  @Test
  void aMessageIsRefusedAtItsSender() {
    HostileCollectionsClient hostile = hostile();
    HostileCollectionsClient far = HostileCollectionsClient.of(cluster.node(), "a");
    for (HostileCollectionsClient sender : List.of(hostile, far)) {
      assertThatThrownBy(() -> sender.keep(new EndlessList<>(i -> "x")))
          .isInstanceOf(DgenException.class);
      assertThatThrownBy(() -> sender.after(Duration.ZERO).keep(new EndlessList<>(i -> "x")))
          .isInstanceOf(DgenException.class);
      assertThat(sender.weave("one")).isLessThan(2);
    }
  }

  private HostileCollectionsClient hostile() {
    Dgen node =
        cluster.node(
            options -> options.toBuilder().failures(it -> it.deadLetterThreshold(1)).build());
    node.host(HostileCollectionsServer.of(EndlessTest::woven));
    return HostileCollectionsClient.of(node, "a");
  }
}
