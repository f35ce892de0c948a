package io.dgen.tests.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.BoardClient;
import io.dgen.tests.servers.BoardServer;
import io.dgen.tests.servers.Posts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Queries while the state changes. */
class QueryConsistencyTest extends OnEveryStore {

  private static final int LINES = 150;

  /**
   * Two hosts change the same entity past its queue, so that what each has in memory is outdated
   * half of the time. Readers on the hosts and elsewhere see every reply that was there when they
   * began, whole states, and never an older one after a newer one.
   */
  @Test
  void seesOneCommittedStateWhileOthersChangeIt() {
    List<Dgen> hosts =
        List.of(
            cluster.host(BoardServer.of(new Posts())), cluster.host(BoardServer.of(new Posts())));
    List<Dgen> readers = new ArrayList<>(hosts);
    readers.add(cluster.node());
    AtomicInteger replied = new AtomicInteger();
    BoardClient.of(hosts.getFirst(), "b").post("0");
    replied.set(1);
    List<CompletableFuture<Integer>> reads =
        readers.stream()
            .map(node -> CompletableFuture.supplyAsync(() -> read(node, replied)))
            .toList();
    for (int i = 1; i < LINES; i++) {
      int count = BoardClient.of(hosts.get(i % 2), "b").priority().post(String.valueOf(i));
      assertThat(count).isEqualTo(i + 1);
      replied.set(count);
    }
    reads.forEach(each -> assertThat(each.join()).isPositive());
  }

  private static int read(Dgen node, AtomicInteger replied) {
    BoardClient board = BoardClient.of(node, "b");
    int before = 0;
    int reads = 0;
    while (before < LINES) {
      int least = Math.max(before, replied.get());
      List<String> lines = board.lines();
      assertThat(lines.size()).isGreaterThanOrEqualTo(least);
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i)).isEqualTo(String.valueOf(i));
      }
      before = lines.size();
      reads++;
    }
    return reads;
  }
}
