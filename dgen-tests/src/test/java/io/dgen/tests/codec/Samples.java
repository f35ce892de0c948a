package io.dgen.tests.codec;

import io.dgen.tests.codec.Everything.Boxes;
import io.dgen.tests.codec.Everything.Collections;
import io.dgen.tests.codec.Everything.Color;
import io.dgen.tests.codec.Everything.Deep;
import io.dgen.tests.codec.Everything.Deeper;
import io.dgen.tests.codec.Everything.Empty;
import io.dgen.tests.codec.Everything.Primitives;
import io.dgen.tests.codec.Everything.State;
import io.dgen.tests.codec.Everything.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** States of {@link Everything}: empty, and at random. */
final class Samples {

  static final State EMPTY =
      new State(
          new Primitives(false, (byte) 0, (short) 0, 0, 0, '\0', 0, 0, new byte[0]),
          new Boxes(null, null, null, null, null, null, null, null),
          new Values(null, null, null, null, null, null),
          null,
          null,
          new Collections(
              List.of(),
              Set.of(),
              Map.of(),
              Map.of(),
              Map.of(),
              Map.of(),
              Optional.empty(),
              Optional.empty()),
          0);

  private final Random random;

  Samples(long seed) {
    random = new Random(seed);
  }

  State state() {
    return new State(
        primitives(),
        boxes(),
        values(),
        random.nextBoolean() ? null : new Empty(),
        deep(),
        collections(),
        random.nextInt());
  }

  /** A state that shares most of what it holds with another. */
  State edit(State state) {
    int which = random.nextInt(7);
    return new State(
        which == 0 ? primitives() : state.primitives(),
        which == 1 ? boxes() : state.boxes(),
        which == 2 ? values() : state.values(),
        which == 3 ? new Empty() : state.empty(),
        which == 4 ? deep() : state.deep(),
        which == 5 ? collections() : state.collections(),
        which == 6 ? random.nextInt() : state.count());
  }

  Primitives primitives() {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return new Primitives(
        random.nextBoolean(),
        (byte) random.nextInt(),
        (short) random.nextInt(),
        random.nextInt(),
        random.nextLong() >> random.nextInt(64),
        (char) random.nextInt(),
        Float.intBitsToFloat(random.nextInt()),
        Double.longBitsToDouble(random.nextLong()),
        bytes);
  }

  private Boxes boxes() {
    Primitives it = primitives();
    return random.nextInt(4) == 0
        ? EMPTY.boxes()
        : new Boxes(it.flag(), it.b(), it.s(), it.i(), it.l(), it.c(), it.f(), it.d());
  }

  Values values() {
    return random.nextInt(4) == 0
        ? EMPTY.values()
        : new Values(
            text(),
            random.nextBoolean() ? Color.RED : Color.GREEN,
            uuid(),
            Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
            Duration.ofNanos(random.nextLong()),
            BigDecimal.valueOf(random.nextLong(), random.nextInt(100) - 50));
  }

  private @Nullable Deep deep() {
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> new Deep(null, new Empty());
      default -> new Deep(deeper(), null);
    };
  }

  private Deeper deeper() {
    List<Values> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(values());
    }
    return new Deeper(text(), list);
  }

  Collections collections() {
    List<String> strings = new ArrayList<>();
    Set<Color> colors = new LinkedHashSet<>();
    Map<String, Long> byName = new LinkedHashMap<>();
    Map<Color, List<Integer>> byColor = new LinkedHashMap<>();
    Map<UUID, Values> byId = new LinkedHashMap<>();
    Map<Boolean, Set<Empty>> pairs = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      strings.add(text());
      colors.add(random.nextBoolean() ? Color.RED : Color.GREEN);
      byName.put(text(), random.nextLong());
      byColor.put(Color.RED, List.of(i));
      byId.put(uuid(), values());
      pairs.put(random.nextBoolean(), Set.of(new Empty()));
    }
    return new Collections(
        strings,
        colors,
        byName,
        byColor,
        byId,
        pairs,
        random.nextBoolean() ? Optional.empty() : Optional.of(deeper()),
        switch (random.nextInt(3)) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of(Optional.empty());
          default -> Optional.of(Optional.of(random.nextInt()));
        });
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65536));
    }
    return text.toString();
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
