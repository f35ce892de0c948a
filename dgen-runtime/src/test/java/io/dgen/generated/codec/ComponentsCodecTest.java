package io.dgen.generated.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComponentsCodecTest {

  record Item(@Nullable String id, long count) {}

  private static class ItemRecord implements ComponentwiseCodec<Item> {

    private static final StateName ID = StateName.of("id");
    private static final StateName COUNT = StateName.of("count");

    @Override
    public boolean hasParts(Item value) {
      return true;
    }

    @Override
    public void put(StateWriter out, Item value) {
      out.putTerm(ID, TermCodecs.STRING, value.id());
      out.put(COUNT, value.count());
    }

    @Override
    public void change(StateWriter out, Item before, Item after) {
      out.changeTerm(ID, TermCodecs.STRING, before.id(), after.id());
      if (before.count() != after.count()) {
        out.put(COUNT, after.count());
      }
    }

    @Override
    public Item read(StateReader in) {
      String id = null;
      long count = 0;
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        if (name.equals("id")) {
          id = in.readTerm(TermCodecs.STRING);
        } else {
          count = in.term().readLong();
        }
      }
      return new Item(id, count);
    }

    @Override
    public void write(TermWriter out, @Nullable Item value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(2);
      out.name("id");
      out.writeString(value.id());
      out.name("count");
      out.writeLong(value.count());
      out.endMap();
    }

    @Override
    public @Nullable Item read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      String id = null;
      long count = 0;
      in.startRecord("Item");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        if (name.equals("id")) {
          id = in.readString();
        } else {
          count = in.readLong();
        }
      }
      return new Item(id, count);
    }

    @Override
    public @Nullable Item freeze(@Nullable Item value) {
      return value;
    }

    @Override
    public @Nullable Item freeze(@Nullable Item before, @Nullable Item after) {
      return after;
    }
  }

  private static final ItemRecord ITEM = new ItemRecord();
  private static final StateCodec<List<Item>> CODEC =
      StateCodec.of(
          "List", TermCodecs.components(ITEM, Item::id, TermCodecs.STRING), SchemaVersion.UNKNOWN);

  /** The same list where its items have no id. */
  private static final StateCodec<List<Item>> AS_TERM =
      StateCodec.of("List", new TermOnly<>(TermCodecs.list(ITEM)), SchemaVersion.UNKNOWN);

  private final StoredPairs stored = new StoredPairs();
  private List<Item> state = List.of();

  private void start(List<Item> items) {
    stored.pairs.clear();
    state = CODEC.freeze(null, items);
    stored.write(CODEC, null, state);
  }

  /** Stores a difference, reads it back cold, and says which items were set or cleared. */
  private Set<String> store(List<Item> after) {
    List<Item> frozen = CODEC.freeze(state, after);
    stored.write(CODEC, state, frozen);
    state = frozen;
    StateSource source = stored.source();
    List<Item> read = CODEC.read(source);
    assertThat(read).isEqualTo(after);
    assertThat(source.isOutdated()).isFalse();
    assertThat(Frozen.indices(read)).isDeepEqualTo(Frozen.indices(frozen));
    StoredPairs full = new StoredPairs();
    full.write(CODEC, null, frozen);
    assertThat(full.pairs.keySet())
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(stored.pairs.keySet());
    assertThat(CODEC.read(full.source())).isEqualTo(read);
    Set<String> touched = new TreeSet<>();
    for (List<Tuple> log : List.of(stored.sets, stored.clears)) {
      for (Tuple path : log) {
        if (!path.isEmpty() && path.get(0) instanceof List<?>) {
          touched.add(path.getNestedTuple(0).getString(1));
        }
      }
    }
    return touched;
  }

  private static List<Item> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Item("id" + i, i))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  @Test
  void onlyWhatChangesIsWritten() {
    start(items(100));
    List<Item> edited = new ArrayList<>(state);
    edited.set(50, new Item("id50", -1));
    assertThat(store(edited)).containsExactly("id50");
    assertThat(stored.sets).hasSize(1);
    assertThat(stored.sets.getFirst().get(1)).isEqualTo("count");
    edited.add(new Item("last", 1));
    assertThat(store(edited)).containsExactly("last");
    edited.addFirst(new Item("first", 1));
    assertThat(store(edited)).containsExactly("first");
    edited.add(30, new Item("middle", 1));
    assertThat(store(edited)).containsExactly("middle");
    edited.remove(40);
    assertThat(store(edited)).containsExactly("id38");
    assertThat(stored.sets).isEmpty();
    edited.add(edited.removeFirst());
    assertThat(store(edited)).containsExactly("first");
    Collections.swap(edited, 10, 11);
    assertThat(store(edited)).hasSize(1);
    assertThat(store(new ArrayList<>(edited))).isEmpty();
    assertThat(stored.clears).isEmpty();
  }

  @Test
  void anEmptyListIsEmptyAndGrowsAgain() {
    start(List.of());
    assertThat(stored.pairs).hasSize(1);
    store(items(3));
    assertThat(stored.pairs).hasSize(6);
    store(List.of());
    assertThat(stored.pairs).hasSize(1);
    store(items(2));
  }

  @Test
  void randomEditsWriteTheLeastAndKeepTheOrder() {
    Random random = new Random(3);
    for (int round = 0; round < 30; round++) {
      start(items(random.nextInt(20)));
      int next = 1_000;
      for (int step = 0; step < 40; step++) {
        List<Item> edited = new ArrayList<>(state);
        for (int edits = random.nextInt(4); edits >= 0; edits--) {
          int at = random.nextInt(edited.size() + 1);
          boolean isItem = at < edited.size();
          switch (random.nextInt(5)) {
            case 0 -> edited.add(at, new Item("id" + next++, 0));
            case 1 -> edited.subList(at, Math.min(at + 1, edited.size())).clear();
            case 2 -> {
              if (isItem) {
                edited.set(at, new Item(edited.get(at).id(), random.nextLong()));
              }
            }
            case 3 -> {
              if (isItem) {
                Item moved = edited.remove(at);
                edited.add(random.nextInt(edited.size() + 1), moved);
              }
            }
            default -> {
              if (random.nextInt(10) == 0) {
                Collections.shuffle(edited, random);
              }
            }
          }
        }
        List<Item> before = state;
        store(edited);
        if (before.isEmpty() || edited.isEmpty()) {
          continue;
        }
        Set<@Nullable String> old = new HashSet<>();
        before.forEach(it -> old.add(it.id()));
        Set<Tuple> written = new HashSet<>();
        for (Tuple path : stored.sets) {
          if (path.getString(1).equals("id")) {
            written.add(path.getNestedTuple(0));
          }
        }
        // New items and those that moved are written in full, no others.
        assertThat(written).hasSize(edited.size() - mostStaying(before, edited));
        long removed = old.size() - edited.stream().filter(it -> old.contains(it.id())).count();
        long added = edited.stream().filter(it -> !old.contains(it.id())).count();
        assertThat(stored.clears).hasSize((int) (removed + written.size() - added));
      }
    }
  }

  /** The most items that can keep their places, by the quadratic way. */
  private static int mostStaying(List<Item> before, List<Item> after) {
    List<@Nullable String> old = new ArrayList<>();
    before.forEach(it -> old.add(it.id()));
    int[] longest = new int[after.size()];
    int best = 0;
    for (int i = 0; i < after.size(); i++) {
      int at = old.indexOf(after.get(i).id());
      longest[i] = at < 0 ? 0 : 1;
      for (int j = 0; j < i; j++) {
        int other = old.indexOf(after.get(j).id());
        if (other >= 0 && other < at) {
          longest[i] = Math.max(longest[i], longest[j] + 1);
        }
      }
      best = Math.max(best, longest[i]);
    }
    return best;
  }

  @Test
  void refusedBeforeAnythingIsWritten() {
    start(items(3));
    Item a = new Item("a", 1);
    assertRefused(
        List.of(a, new Item("b", 1), a), "List: two items have the id a; give each item its own");
    List<Item> twice = new ArrayList<>(state);
    twice.add(1, new Item("id2", 9));
    assertRefused(twice, "List: two items have the id id2; give each item its own");
    assertRefused(Arrays.asList(a, null), "List: item 1 is null; leave it out");
    assertRefused(
        List.of(new Item(null, 1)), "List: the id of item 0 is null; give each item an id");
    String problem =
        "List: the id of item 0 cannot be in a key; it must have at most 1000 bytes and no"
            + " unpaired surrogate";
    assertRefused(List.of(new Item("\uD800", 1)), problem);
    assertRefused(List.of(new Item("x".repeat(1_001), 1)), problem);
    store(List.of(new Item("x".repeat(1_000), 1), new Item("a\0b\0", 2), new Item("", 3)));
  }

  private void assertRefused(List<@Nullable Item> list, String problem) {
    @SuppressWarnings("unchecked") // What a callback returns is not checked for nulls either.
    List<Item> after = (List<Item>) (List<?>) list;
    assertThatThrownBy(() -> CODEC.freeze(state, after))
        .isInstanceOf(CodecException.class)
        .hasMessage(problem);
    assertThatThrownBy(() -> CODEC.freeze(null, after)).hasMessage(problem);
    stored.sets.clear();
    stored.clears.clear();
    assertThatThrownBy(() -> CODEC.write(state, after, stored)).hasMessage(problem);
    assertThat(stored.sets).isEmpty();
    assertThat(stored.clears).isEmpty();
  }

  @Test
  void aStateThatDidNotCommitLeavesNothingBehind() {
    start(items(5));
    List<Item> edited = new ArrayList<>(state);
    edited.add(2, new Item("lost", 1));
    List<Item> lost = CODEC.freeze(state, edited);
    assertThat(Frozen.indices(CODEC.freeze(state, edited))).isDeepEqualTo(Frozen.indices(lost));
    // Another node commits an item at the same place; then a callback returns the lost list.
    List<Item> other = new ArrayList<>(state);
    other.add(2, new Item("other", 1));
    store(other);
    store(lost);
    store(new ArrayList<>(lost));
  }

  @Test
  void aListWithoutIndicesHasThoseOfAnAppendedOne() {
    List<Item> plain = items(10);
    stored.write(CODEC, null, plain);
    state = plain;
    List<Item> edited = new ArrayList<>(plain);
    edited.add(new Item("last", 1));
    assertThat(store(edited)).containsExactly("last");
  }

  @Test
  void aListThatWasATermIsReadAndWrittenAnew() {
    List<Item> items = items(5);
    stored.write(AS_TERM, null, items);
    StateSource source = stored.source();
    assertThat(CODEC.read(source)).isEqualTo(items);
    assertThat(source.isOutdated()).isTrue();
    stored.pairs.clear();
    start(items);
    source = stored.source();
    assertThat(AS_TERM.read(source)).isEqualTo(items);
    assertThat(source.isOutdated()).isTrue();
  }

  @Test
  void whatCouldNotBeStoredAnyMoreIsReplaced() {
    Item twice = new Item("x", 1);
    stored.write(AS_TERM, null, List.of(twice, twice));
    List<Item> read = CODEC.read(stored.source());
    assertThat(read).containsExactly(twice, twice);
    assertThatThrownBy(() -> CODEC.write(null, read, stored))
        .hasMessage("List: two items have the id x; give each item its own");
    List<Item> mended = CODEC.freeze(read, List.of(twice));
    stored.write(CODEC, read, mended);
    assertThat(stored.clears).containsExactly(new Tuple());
    assertThat(CODEC.read(stored.source())).containsExactly(twice);
  }

  @Test
  void anotherIdMakesTheListOutdated() {
    start(items(3));
    StateCodec<List<Item>> byCount =
        StateCodec.of(
            "List",
            TermCodecs.components(ITEM, Item::count, TermCodecs.LONG),
            SchemaVersion.UNKNOWN);
    StateSource source = stored.source();
    assertThat(byCount.read(source)).isEqualTo(items(3));
    assertThat(source.isOutdated()).isTrue();
  }

  @Test
  void aHundredThousandItemsAreEditedOneByOne() {
    start(items(100_000));
    List<Item> edited = new ArrayList<>(state);
    edited.set(70_000, new Item("id70000", -1));
    edited.add(3, edited.remove(90_000));
    edited.addFirst(new Item("first", 0));
    List<Item> frozen = CODEC.freeze(state, edited);
    stored.write(CODEC, state, frozen);
    assertThat(stored.sets).hasSize(5);
    assertThat(stored.clears).hasSize(1);
    assertThat(stored.pairs.keySet()).allMatch(key -> key.length < 32);
    assertThat(CODEC.read(stored.source())).isEqualTo(edited);
  }

  /** Counts how often an item of a list is looked into. */
  private static final class Looks extends ItemRecord {

    private int count;

    @Nullable String id(Item item) {
      count++;
      return item.id();
    }

    @Override
    public @Nullable Item freeze(@Nullable Item before, @Nullable Item after) {
      count++;
      return super.freeze(before, after);
    }
  }

  @Test
  void anEditLooksIntoNoItemThatItDoesNotTouch() {
    Looks looks = new Looks();
    StateCodec<List<Item>> codec =
        StateCodec.of(
            "List",
            TermCodecs.components(looks, looks::id, TermCodecs.STRING),
            SchemaVersion.UNKNOWN);
    List<Item> before = codec.freeze(null, items(10_000));
    Map<String, Consumer<List<Item>>> edits = new LinkedHashMap<>();
    edits.put("nothing", list -> {});
    edits.put("append", list -> list.add(new Item("new", 1)));
    edits.put("insert at the front", list -> list.addFirst(new Item("new", 1)));
    edits.put("insert in the middle", list -> list.add(5_000, new Item("new", 1)));
    edits.put("change one", list -> list.set(5_000, new Item("id5000", -1)));
    edits.put("remove one", list -> list.remove(5_000));
    edits.put("swap two", list -> Collections.swap(list, 5_000, 5_001));
    Map<String, Integer> counts = new LinkedHashMap<>();
    edits.forEach(
        (name, edit) -> {
          List<Item> edited = new ArrayList<>(before);
          edit.accept(edited);
          looks.count = 0;
          List<Item> after = codec.freeze(before, edited);
          codec.write(before, after, stored);
          assertThat(after).isEqualTo(edited);
          counts.put(name, looks.count);
        });
    assertThat(counts).allSatisfy((name, count) -> assertThat(count).isLessThan(100));
  }

  @Test
  void anIdIsFoundTwiceWhereverItIs() {
    start(items(1_000));
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      List<Item> edited = new ArrayList<>(state);
      Item twice = edited.get(random.nextInt(edited.size()));
      for (int i = random.nextInt(30); i >= 0; i--) {
        edited.add(random.nextInt(edited.size()), new Item("new" + round + "-" + i, i));
      }
      edited.add(random.nextInt(edited.size()), new Item(twice.id(), -1));
      assertThatThrownBy(() -> CODEC.freeze(state, edited))
          .hasMessage("List: two items have the id " + twice.id() + "; give each item its own");
    }
  }

  /** A term where parts could be. */
  private record TermOnly<T>(TermCodec<T> term) implements ComponentwiseCodec<T> {

    @Override
    public boolean hasParts(T value) {
      return false;
    }

    @Override
    public void put(StateWriter out, T value) {
      throw new AssertionError();
    }

    @Override
    public void change(StateWriter out, T before, T after) {
      throw new AssertionError();
    }

    @Override
    public T read(StateReader in) {
      throw new AssertionError();
    }

    @Override
    public void write(TermWriter out, @Nullable T value) {
      term.write(out, value);
    }

    @Override
    public @Nullable T read(TermReader in) {
      return term.read(in);
    }

    @Override
    public @Nullable T freeze(@Nullable T value) {
      return term.freeze(value);
    }

    @Override
    public @Nullable T freeze(@Nullable T before, @Nullable T after) {
      return term.freeze(after);
    }
  }
}
