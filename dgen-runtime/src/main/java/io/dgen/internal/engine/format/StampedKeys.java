package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.Keys;
import java.util.Arrays;

/**
 * The keys of messages ordered by versionstamp, each in chunks: an entity's queue, its dead
 * letters, and the queries that a node is asked to run.
 */
public final class StampedKeys {

  /** The tuple layer's type code of a versionstamp. */
  private static final byte STAMP_CODE = 0x33;

  /** The tuple layer's form of zero. */
  private static final byte ZERO_CODE = 0x14;

  private final byte[] prefix;
  private final byte[] end;

  StampedKeys(byte[] prefix) {
    this.prefix = prefix;
    this.end = Keys.prefixEnd(prefix);
  }

  /** Returns the prefix of all of them. */
  public byte[] prefix() {
    return prefix;
  }

  /** Returns the first key after all of them. */
  public byte[] end() {
    return end;
  }

  /**
   * Returns a prefix and a versionstamp, as the tuple layer packs one: unlike bytes, it never has
   * to be searched for zeros.
   */
  static byte[] stamped(byte[] prefix, byte[] stamp) {
    return Keys.join(prefix, new byte[] {STAMP_CODE}, stamp);
  }

  /**
   * Returns the versionstamp that {@link #stamped} put behind a prefix.
   *
   * @throws IllegalArgumentException if the key is damaged
   */
  static byte[] stampBehind(byte[] prefix, byte[] key) {
    int begin = prefix.length + 1;
    if (key.length != begin + KeyLayout.STAMP_LENGTH) {
      throw new IllegalArgumentException("not a key that ends with a versionstamp");
    }
    return Arrays.copyOfRange(key, begin, begin + KeyLayout.STAMP_LENGTH);
  }

  public byte[] key(byte[] stamp, int chunk) {
    return Keys.join(prefix, new byte[] {STAMP_CODE}, stamp, Tuple.from(chunk).pack());
  }

  /** Returns the first key after every chunk of the message with this versionstamp. */
  public byte[] behind(byte[] stamp) {
    return Keys.join(prefix, new byte[] {STAMP_CODE}, stamp, new byte[] {(byte) 0xFF});
  }

  /**
   * Returns the template that a versionstamp operation makes into a key of a message.
   *
   * @param order the position of the message within its transaction
   */
  public byte[] pushKey(int order, int chunk) {
    byte[] stamp = KeyLayout.incompleteStamp(order);
    return KeyLayout.withOffset(key(stamp, chunk), prefix.length + 1);
  }

  public byte[] stampOf(byte[] key) {
    int begin = prefix.length + 1;
    return Arrays.copyOfRange(key, begin, begin + KeyLayout.STAMP_LENGTH);
  }

  /** Returns whether a key is that of a message's first chunk. */
  public boolean isFirstChunk(byte[] key) {
    int chunk = prefix.length + 1 + KeyLayout.STAMP_LENGTH;
    return key.length == chunk + 1 && key[prefix.length] == STAMP_CODE && key[chunk] == ZERO_CODE;
  }
}
