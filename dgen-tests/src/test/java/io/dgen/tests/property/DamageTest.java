package io.dgen.tests.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Stored bytes that are damaged in any way end in a value or in a {@link CodecException}, soon.
 * With {@code -Ddgen.damage.seed=...} other damage is done, and with {@code
 * -Ddgen.damage.count=...} more of it; a failure says which damage it was.
 */
class DamageTest {

  private static final long SEED = Long.getLong("dgen.damage.seed", 20_260_101);
  private static final int SOME = 15_000;
  private static final int MANY = 120_000;

  private static <T> List<T> samples(Arbitrary<T> arbitrary, int count) {
    List<T> samples = new ArrayList<>();
    JqwikSession.run(
        () -> {
          RandomGenerator<T> generator = arbitrary.generator(1_000, false);
          Random random = new Random(1);
          for (int i = 0; i < count; i++) {
            samples.add(generator.next(random).value());
          }
        });
    return samples;
  }

  @Test
  void damagedMessagesEndInAMessageOrACodecException() {
    damageMessages(SOME);
  }

  @Test
  void damagedStatesEndInAStateOrACodecException() {
    damageStates(SOME);
  }

  @Test
  @Tag("long")
  void twoHundredThousandAndMoreDoToo() {
    damageMessages(MANY);
    damageStates(MANY);
  }

  private static void damageMessages(int count) {
    List<byte[]> sound = new ArrayList<>();
    for (Sample.Put put : samples(SampleStates.puts(), 60)) {
      sound.add(encoded(new SampleMessage.Put(put)));
    }
    for (Sample.State state : samples(SampleStates.states(), 4)) {
      sound.add(encoded(new SampleMessage.Replace(new Sample.Replace(state))));
    }
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < count; i++) {
      Random random = new Random(SEED + i);
      int which = random.nextInt(sound.size());
      byte[] other = sound.get(random.nextInt(sound.size()));
      byte[] damaged = new Damage(random).of(sound.get(which), other);
      String name = which < 60 ? "Put" : "Replace";
      outcomes.add(i, () -> HexFormat.of().formatHex(damaged), () -> checkMessage(name, damaged));
    }
    outcomes.assertBothOften(count);
  }

  private static byte[] encoded(SampleMessage message) {
    return Terms.encode(out -> SampleCodec.MESSAGES.write(message, out));
  }

  /** What was read can be written, and is the same then. */
  private static void checkMessage(String name, byte[] damaged) {
    SampleMessage read = decoded(name, damaged);
    byte[] again = encoded(read);
    if (!Arrays.equals(encoded(decoded(name, again)), again)) {
      throw new AssertionError("written again it differs");
    }
  }

  private static SampleMessage decoded(String name, byte[] bytes) {
    return Terms.decode(bytes, in -> SampleCodec.MESSAGES.read(name, in));
  }

  private static void damageStates(int count) {
    List<NavigableMap<byte[], byte[]>> sound = new ArrayList<>();
    for (Small.State state : samples(SampleStates.smallStates(), 60)) {
      sound.add(pairs(SmallCodec.STATES, state));
    }
    for (Sample.State state : samples(SampleStates.states(), 4)) {
      sound.add(pairs(SampleCodec.STATES, state)); // Foreign, or those of an older schema.
    }
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < count; i++) {
      Random random = new Random(SEED + i);
      int which = random.nextInt(random.nextInt(30) == 0 ? sound.size() : 60);
      NavigableMap<byte[], byte[]> damaged = damaged(sound, which, random);
      outcomes.add(i, () -> text(damaged), () -> checkState(damaged));
    }
    outcomes.assertBothOften(count);
  }

  private static <S> NavigableMap<byte[], byte[]> pairs(StateCodec<S> codec, S state) {
    return StoredState.of(codec, codec.freeze(null, state)).pairs();
  }

  private static String text(NavigableMap<byte[], byte[]> pairs) {
    StringBuilder text = new StringBuilder();
    pairs.forEach(
        (key, value) ->
            text.append(Keys.printable(key))
                .append(" = ")
                .append(Keys.printable(value))
                .append('\n'));
    return text.toString();
  }

  private static NavigableMap<byte[], byte[]> damaged(
      List<NavigableMap<byte[], byte[]>> sound, int which, Random random) {
    NavigableMap<byte[], byte[]> pairs = new TreeMap<>(sound.get(which));
    Damage damage = new Damage(random);
    for (int times = 1 + random.nextInt(2); times > 0 && !pairs.isEmpty(); times--) {
      Map.Entry<byte[], byte[]> one = any(pairs, random);
      Map.Entry<byte[], byte[]> other = any(sound.get(random.nextInt(60)), random);
      byte[] key = one.getKey();
      switch (random.nextInt(8)) {
        case 0 -> pairs.remove(key);
        case 1 -> pairs.put(key, other.getValue());
        case 2 -> pairs.put(other.getKey(), one.getValue());
        case 3 -> pairs.put(chunk(key, 1 + random.nextInt(3)), other.getValue());
        case 4 -> pairs.put(chunk(key, 1 + random.nextInt(300)), pairs.remove(key));
        case 5 -> pairs.put(damage.of(key, other.getKey()), pairs.remove(key));
        default -> pairs.put(key, damage.of(one.getValue(), other.getValue()));
      }
    }
    return pairs;
  }

  private static Map.Entry<byte[], byte[]> any(NavigableMap<byte[], byte[]> pairs, Random random) {
    int skip = random.nextInt(pairs.size());
    return pairs.entrySet().stream().skip(skip).findFirst().orElseThrow();
  }

  /** The key of another chunk of the same term. */
  private static byte[] chunk(byte[] firstChunk, int number) {
    return Keys.join(Arrays.copyOf(firstChunk, firstChunk.length - 1), Tuple.from(number).pack());
  }

  /**
   * A state that is not said to be outdated is stored under the keys that it would be written to:
   * or a later difference would leave some of them.
   */
  private static void checkState(NavigableMap<byte[], byte[]> damaged) {
    StateSource source = StoredState.source(damaged);
    Small.State read = SmallCodec.STATES.read(source);
    NavigableMap<byte[], byte[]> again = pairs(SmallCodec.STATES, read);
    if (!source.isOutdated()) {
      for (byte[] key : damaged.keySet()) {
        if (!again.containsKey(key)) {
          throw new AssertionError("would be left: " + Keys.printable(key));
        }
      }
    }
    assertSame(pairs(SmallCodec.STATES, SmallCodec.STATES.read(StoredState.source(again))), again);
  }

  private static void assertSame(
      NavigableMap<byte[], byte[]> actual, NavigableMap<byte[], byte[]> pairs) {
    boolean same = actual.size() == pairs.size();
    for (Map.Entry<byte[], byte[]> pair : pairs.entrySet()) {
      same &= Arrays.equals(pair.getValue(), actual.get(pair.getKey()));
    }
    if (!same) {
      throw new AssertionError("written again:\n" + text(actual) + "is not\n" + text(pairs));
    }
  }

  /** How often it was what. */
  private static final class Outcomes {

    private int read;
    private int refused;

    void add(int number, Supplier<String> input, Runnable check) {
      try {
        check.run();
        read++;
      } catch (CodecException e) {
        if (e.path().isEmpty()) {
          throw new AssertionError("no path: " + e, e);
        }
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "damage " + number + " with -Ddgen.damage.seed=" + SEED + ":\n" + input.get(), e);
      }
    }

    /** Or the damage is of the wrong kind. */
    void assertBothOften(int count) {
      assertThat(read + refused).isEqualTo(count);
      assertThat(refused).isGreaterThan(count / 4);
      assertThat(read).isGreaterThan(count / 50);
    }
  }
}
