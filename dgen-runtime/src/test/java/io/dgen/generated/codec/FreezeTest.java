package io.dgen.generated.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.TermCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullUnmarked // Nulls where there should be none are part of what is tested.
class FreezeTest {

  private static final TermCodec<List<String>> STRINGS = TermCodecs.list(TermCodecs.STRING);
  private static final TermCodec<List<List<String>>> NESTED = TermCodecs.list(STRINGS);
  private static final TermCodec<Map<String, List<String>>> MAP =
      TermCodecs.map(TermCodecs.STRING, STRINGS);

  @Test
  void whatCannotChangeIsNotCopied() {
    String text = new String("x");
    assertThat(TermCodecs.STRING.freeze(text)).isSameAs(text);
    Optional<String> optional = Optional.of(text);
    assertThat(TermCodecs.optional(TermCodecs.STRING).freeze(optional)).isSameAs(optional);
    for (List<String> list :
        List.of(
            List.<String>of(), List.of("a"), List.of("a", "b", "c"), List.copyOf(List.of("a")))) {
      assertThat(STRINGS.freeze(list)).isSameAs(list);
    }
    for (Set<String> set : List.of(Set.<String>of(), Set.of("a"), Set.of("a", "b", "c"))) {
      assertThat(TermCodecs.set(TermCodecs.STRING).freeze(set)).isSameAs(set);
    }
    List<List<String>> nested = List.of(List.of("a"), List.of());
    assertThat(NESTED.freeze(nested)).isSameAs(nested);
    Map<String, List<String>> map = Map.of("a", List.of("b"));
    assertThat(MAP.freeze(map)).isSameAs(map);
    assertThat(STRINGS.freeze(null)).isNull();
  }

  @Test
  void whatCanChangeIsCopiedOnce() {
    List<@Nullable String> list = new ArrayList<>(Arrays.asList("b", null, "a"));
    List<@Nullable String> frozen = STRINGS.freeze(list);
    list.set(0, "changed");
    assertThat(frozen).containsExactly("b", null, "a");
    assertThat(STRINGS.freeze(frozen)).isSameAs(frozen);

    Set<String> set = new LinkedHashSet<>(List.of("b", "a"));
    Set<String> frozenSet = TermCodecs.set(TermCodecs.STRING).freeze(set);
    set.add("c");
    assertThat(frozenSet).containsExactly("b", "a");
    assertThat(TermCodecs.set(TermCodecs.STRING).freeze(frozenSet)).isSameAs(frozenSet);

    Map<String, List<String>> map = new LinkedHashMap<>(Map.of("a", new ArrayList<>(List.of("b"))));
    Map<String, List<String>> frozenMap = MAP.freeze(map);
    map.get("a").add("c");
    map.clear();
    assertThat(frozenMap).isEqualTo(Map.of("a", List.of("b")));
    assertThat(MAP.freeze(frozenMap)).isSameAs(frozenMap);
    assertThat(MAP.freeze(new TreeMap<>(frozenMap))).isEqualTo(frozenMap).isNotSameAs(frozenMap);
  }

  @Test
  void anUnmodifiableViewOfWhatCanChangeIsCopied() {
    List<String> below = new ArrayList<>(List.of("a"));
    List<String> frozen = STRINGS.freeze(java.util.Collections.unmodifiableList(below));
    below.set(0, "b");
    assertThat(frozen).containsExactly("a");
  }

  @Test
  void whatLiesInsideIsFrozenToo() {
    List<List<String>> nested = List.of(new ArrayList<>(List.of("a")), List.of("b"));
    List<List<String>> frozen = NESTED.freeze(nested);
    nested.getFirst().add("changed");
    assertThat(frozen).containsExactly(List.of("a"), List.of("b"));
    assertThat(frozen.get(1)).isSameAs(nested.get(1));
    assertThatThrownBy(() -> frozen.getFirst().add("c"))
        .isInstanceOf(UnsupportedOperationException.class);

    Optional<List<String>> optional = Optional.of(new ArrayList<>(List.of("a")));
    Optional<List<String>> frozenOptional = TermCodecs.optional(STRINGS).freeze(optional);
    optional.get().add("changed");
    assertThat(frozenOptional).contains(List.of("a"));
  }

  @Test
  void arraysAreCopied() {
    byte[] bytes = {1, 2};
    byte[] frozen = TermCodecs.BYTES.freeze(bytes);
    bytes[0] = 9;
    assertThat(frozen).containsExactly(1, 2);
    List<byte[]> list = TermCodecs.list(TermCodecs.BYTES).freeze(List.of(bytes));
    bytes[0] = 7;
    assertThat(list.getFirst()).containsExactly(9, 2);
  }

  @Test
  void frozenCollectionsEqualOthers() {
    List<String> list = STRINGS.freeze(new ArrayList<>(List.of("a", "b")));
    assertThat(list).isEqualTo(List.of("a", "b")).hasSameHashCodeAs(List.of("a", "b"));
    assertThat(list.toArray(new String[0])).containsExactly("a", "b");
    Map<String, List<String>> map = MAP.freeze(new LinkedHashMap<>(Map.of("a", List.of())));
    assertThat(map).isEqualTo(Map.of("a", List.of())).hasToString("{a=[]}");
  }
}
