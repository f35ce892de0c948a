package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two versions of a server, between which every type becomes a wider one. */
final class Widths {

  enum Level {
    LOW,
    HIGH
  }

  record Spot(int x, float y) {}

  record WideSpot(long x, double y) {}

  record Item(int id, Optional<String> note) {}

  record WideItem(long id, @Nullable String note) {}

  private Widths() {}

  @DistributedServer(state = Narrow.Old.class)
  interface Narrow {

    @SuppressWarnings("ArrayRecordComponent") // It is a type that may become another.
    record Old(
        byte tiny,
        char letter,
        int number,
        float fraction,
        long large,
        int whole,
        String text,
        Spot spot,
        int count,
        Integer boxed,
        Level level,
        List<Integer> list,
        int[] array,
        String[] names,
        Set<Integer> set,
        Map<String, Integer> map,
        Map<Level, Spot> levels,
        Map<String, Integer> asSpot,
        List<Item> items,
        List<Item> bag) {}

    record Shrink(Old it) implements Cast {}

    Old init();

    Old handleCast(Shrink message, Old state);
  }

  @DistributedServer(state = Wide.New.class)
  interface Wide {

    record New(
        short tiny,
        int letter,
        long number,
        double fraction,
        BigInteger large,
        BigDecimal whole,
        Optional<String> text,
        Optional<WideSpot> spot,
        OptionalInt count,
        OptionalLong boxed,
        String level,
        Set<Long> list,
        List<Long> array,
        SequencedCollection<String> names,
        SequencedSet<Long> set,
        SequencedMap<String, Long> map,
        Map<String, WideSpot> levels,
        WideSpot asSpot,
        List<WideItem> items,
        Set<WideItem> bag) {}

    record Grow(New it) implements Cast {}

    New init();

    New handleCast(Grow message, New state);
  }
}
