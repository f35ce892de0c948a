package io.dgen.generated.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntriesCodecTest {

  /** Counts how often a value is looked at. */
  private static final class Looks implements TermCodec<String> {

    private int count;

    @Override
    public void write(TermWriter out, @Nullable String value) {
      count++;
      out.writeString(value);
    }

    @Override
    public @Nullable String read(TermReader in) {
      return in.readString();
    }

    @Override
    public @Nullable String freeze(@Nullable String value) {
      count++;
      return value;
    }

    @Override
    public boolean isFixed() {
      return true;
    }
  }

  private final Looks looks = new Looks();
  private final StateCodec<Map<String, String>> codec =
      StateCodec.of("Map", TermCodecs.entries(TermCodecs.STRING, looks), SchemaVersion.UNKNOWN);
  private final StoredPairs stored = new StoredPairs();

  /** Kinds of copies that callbacks make of a map. */
  private static final List<UnaryOperator<Map<String, String>>> COPIES =
      List.of(
          HashMap::new,
          LinkedHashMap::new,
          TreeMap::new,
          ConcurrentHashMap::new,
          IdentityHashMap::new,
          map -> {
            Map<String, String> backwards = new TreeMap<>(Comparator.reverseOrder());
            backwards.putAll(map);
            return backwards;
          });

  private static Map<String, String> entries(int count) {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < count; i++) {
      entries.put("key" + i, "value" + i);
    }
    return entries;
  }

  @Test
  void anEditLooksAtNoValueThatItDoesNotTouch() {
    Map<String, String> before = codec.freeze(null, entries(10_000));
    Map<String, Consumer<Map<String, String>>> edits = new LinkedHashMap<>();
    edits.put("nothing", map -> {});
    edits.put("put at the end", map -> map.put("z", "new"));
    edits.put("put at the front", map -> map.put("a", "new"));
    edits.put("put in the middle", map -> map.put("key5000a", "new"));
    edits.put("change one", map -> map.put("key5000", "new"));
    edits.put("remove one", map -> map.remove("key5000"));
    Map<String, Integer> counts = new LinkedHashMap<>();
    edits.forEach(
        (name, edit) -> {
          Map<String, String> edited = new HashMap<>(before);
          edit.accept(edited);
          looks.count = 0;
          Map<String, String> after = codec.freeze(before, edited);
          stored.write(codec, before, after);
          assertThat(after).isEqualTo(edited);
          assertThat(stored.sets.size() + stored.clears.size()).isLessThan(3);
          counts.put(name, looks.count);
        });
    assertThat(counts).allSatisfy((name, count) -> assertThat(count).isLessThan(10));
    assertThat(codec.freeze(before, new HashMap<>(before))).isSameAs(before);
  }

  /** Whatever is edited, and in whichever kind of map: it is stored as if it had been put anew. */
  @Test
  void anyEditIsStoredLikeTheWhole() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Map<String, String> state = codec.freeze(null, entries(1 + random.nextInt(20)));
      stored.pairs.clear();
      stored.write(codec, null, state);
      for (int round = 0; round < 5; round++) {
        Map<String, String> between = codec.freeze(state, edited(random, state));
        Map<String, String> frozen = between;
        if (random.nextBoolean()) {
          // A second callback of the same transaction goes on with what the first one made.
          frozen = codec.freeze(state, codec.freeze(between, edited(random, between)));
        }
        stored.write(codec, state, frozen);
        state = frozen;
        assertThat(codec.read(stored.source())).as("seed %s", seed).isEqualTo(state);
        StoredPairs full = new StoredPairs();
        full.write(codec, null, codec.freeze(null, new HashMap<>(state)));
        assertThat(full.pairs.keySet())
            .as("seed %s", seed)
            .usingElementComparator(Arrays::compare)
            .containsExactlyElementsOf(stored.pairs.keySet());
        assertThat(state.keySet())
            .as("seed %s", seed)
            .containsExactlyElementsOf(new TreeMap<>(state).keySet());
      }
    }
  }

  private static Map<String, String> edited(Random random, Map<String, String> map) {
    Map<String, String> edited = COPIES.get(random.nextInt(COPIES.size())).apply(map);
    for (int i = random.nextInt(4); i > 0; i--) {
      String some = "key" + random.nextInt(30);
      String known = edited.keySet().stream().filter(some::equals).findFirst().orElse(some);
      if (random.nextInt(3) == 0) {
        edited.remove(known);
      } else {
        edited.put(known, "value" + random.nextInt(3));
      }
    }
    if (random.nextInt(10) == 0) {
      edited.clear();
    }
    return edited;
  }
}
