package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.Keys;

/** The keys of the steps of one message. */
public final class StepKeys {

  private final byte[] prefix;

  StepKeys(byte[] prefix) {
    this.prefix = prefix;
  }

  /** Returns the prefix of all of them. */
  public byte[] prefix() {
    return prefix;
  }

  /** Returns the first key after all of them. */
  public byte[] end() {
    return Keys.prefixEnd(prefix);
  }

  /**
   * Returns the prefix of the chunks of one step.
   *
   * @param name the name of its record
   * @param key its key; empty for none
   */
  public byte[] step(String name, String key) {
    return Keys.join(prefix, Tuple.from(name, key).pack());
  }

  /**
   * Returns the key of a sleep, which has no name.
   *
   * @param ordinal which of the sleeps it is, from 1
   */
  public byte[] sleep(int ordinal) {
    return chunk(step("", String.valueOf(ordinal)), 0);
  }

  /** Returns the key of a chunk of a step. */
  public static byte[] chunk(byte[] step, int number) {
    return Keys.join(step, Tuple.from(number).pack());
  }

  /**
   * The place of a chunk.
   *
   * @param name the name of the step's record; empty for a sleep
   * @param key the step's key; empty for none
   * @param chunk the number of the chunk
   */
  public record Place(String name, String key, long chunk) {}

  /**
   * Returns the place in a key.
   *
   * @throws RuntimeException if the key is damaged
   */
  public Place placeOf(byte[] key) {
    Tuple tuple = Tuple.fromBytes(key, prefix.length, key.length - prefix.length);
    return new Place(tuple.getString(0), tuple.getString(1), tuple.getLong(2));
  }
}
