package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.CallbackThreads;
import io.dgen.Dgen;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.Gate;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** Every callback begins on a thread without traces of the sender, or of callbacks before it. */
class CleanThreadsTest {

  private static final InheritableThreadLocal<String> USER = new InheritableThreadLocal<>();

  @TempDir Path directory;

  /** What each callback found, by who was let in. */
  private final Map<String, Found> found = new ConcurrentHashMap<>();

  private final Doorman doorman = new Doorman();

  private final Gate gate =
      who -> {
        Thread thread = Thread.currentThread();
        found.put(
            who,
            new Found(
                String.valueOf(USER.get()),
                thread.getName().replaceAll("[0-9]+", ""),
                thread.getPriority(),
                String.valueOf(thread.getContextClassLoader()),
                thread.isInterrupted(),
                String.valueOf(MDC.get("leaked"))));
        doorman.enter(who);
        dirty(thread, who);
      };

  private Cluster cluster;

  private record Found(
      String user,
      String thread,
      int priority,
      String loader,
      boolean interrupted,
      String logContext) {}

  @SuppressWarnings("ThreadPriorityCheck") // As careless code does.
  private static void dirty(Thread thread, String who) {
    thread.setName("of " + who);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.setContextClassLoader(null);
    MDC.put("leaked", who);
    thread.interrupt();
  }

  @BeforeEach
  void open() {
    cluster = new Cluster(TestStores.one(), directory);
  }

  @AfterEach
  void close() {
    USER.remove();
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsHandedOn(CallbackThreads threads) {
    Dgen node = cluster.node(options -> options.toBuilder().callbackThreads(threads).build());
    node.host(GateServer.of(gate));
    Found clean =
        new Found(
            "null",
            "dgen-callback-",
            Thread.NORM_PRIORITY,
            String.valueOf(Thread.currentThread().getContextClassLoader()),
            false,
            "null");
    GateClient entity = GateClient.of(node, "e");
    USER.set("the first sender");
    doorman.hold("first");
    List<CompletableFuture<String>> burst = new ArrayList<>();
    burst.add(entity.askAsync("first"));
    doorman.awaitArrival("first");
    USER.set("the second sender");
    for (int i = 0; i < 3; i++) {
      burst.add(entity.askAsync("behind it " + i));
    }
    doorman.letIn("first");
    burst.forEach(CompletableFuture::join);
    entity.ask("on its own");
    assertThat(GateClient.of(node, "other").ask("of another entity")).isNotNull();
    assertThat(found).hasSize(6).allSatisfy((who, it) -> assertThat(it).isEqualTo(clean));
  }

  /** A user's own deadline timer may come late, when the thread works for another entity. */
  @ParameterizedTest
  @EnumSource
  void aLateInterruptEndsNothingOfOthers(CallbackThreads threads) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    List<Thread> known = new CopyOnWriteArrayList<>();
    Dgen node = cluster.node(options -> options.toBuilder().callbackThreads(threads).build());
    node.host(GateServer.of(who -> known.add(Thread.currentThread())));
    Thread nuisance =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (over.getCount() > 0) {
                    known.forEach(Thread::interrupt);
                    Thread.onSpinWait();
                  }
                });
    try {
      Threads.run(
          2,
          thread -> {
            GateClient entity = GateClient.of(node, "e" + thread);
            for (int i = 0; i < 200; i++) {
              entity.pass("x");
            }
          });
    } finally {
      over.countDown();
      nuisance.join();
    }
    for (int i = 0; i < 2; i++) {
      assertThat(GateClient.of(node, "e" + i).passed()).hasSize(200);
    }
  }
}
