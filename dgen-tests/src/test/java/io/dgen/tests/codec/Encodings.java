package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Id;
import io.dgen.annotations.Term;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two versions of a server, between which every encoding changes. */
final class Encodings {

  record Pair(long a, long b) {}

  record Item(long id, Pair pair, List<Named> deep) {}

  record Named(@Id String name) {}

  record Unnamed(@Nullable String name) {}

  private Encodings() {}

  @DistributedServer(state = Earlier.Old.class)
  interface Earlier {

    record Old(
        Pair pair,
        List<Item> items,
        List<Named> names,
        Map<String, Long> pairs,
        @Term Map<Integer, Pair> map,
        @Term List<Item> list) {}

    record Replace(Old state) implements Cast {}

    Old init();

    Old handleCast(Replace message, Old state);
  }

  @DistributedServer(state = Later.New.class)
  interface Later {

    record New(
        @Term Pair pair,
        @Term List<Item> items,
        List<Unnamed> names,
        Pair pairs,
        Map<Integer, Pair> map,
        List<Item> list) {}

    record Renew(New state) implements Cast {}

    New init();

    New handleCast(Renew message, New state);
  }
}
