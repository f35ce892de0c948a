package io.dgen.store.foundationdb;

import io.dgen.internal.overlay.StoreLimits;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The part of a cluster's keys that belongs to a store: those with a given prefix. To the store's
 * user, its keys begin with the empty one and end before {@code 0xFF}, as if there were nothing
 * else. Immutable.
 */
final class KeySpace {

  private static final byte[] END = {(byte) 0xFF};

  private final byte[] prefix;
  private final byte[] end;

  KeySpace(byte[] prefix) {
    this.prefix = prefix;
    this.end = Keys.join(prefix, END);
  }

  byte[] prefix() {
    return prefix;
  }

  /** Returns the cluster's key for a key that is read or cleared. */
  byte[] key(byte[] key) {
    StoreLimits.checkKey(key);
    return inside(key);
  }

  /** Returns the cluster's key for a key that is written. */
  byte[] writable(byte[] key) {
    StoreLimits.checkKey(key);
    byte[] whole = inside(key);
    StoreLimits.checkWritable(whole);
    return whole;
  }

  /** Returns the cluster's key for a bound of a range, which may be the end of all keys. */
  byte[] bound(byte[] key) {
    StoreLimits.checkBound(key);
    return inside(key);
  }

  /**
   * Returns a key without the prefix; the empty key or 0xFF for a key before or after the store.
   */
  byte[] relative(byte[] whole) {
    if (Arrays.compareUnsigned(whole, prefix) < 0) {
      return new byte[0];
    }
    if (Arrays.compareUnsigned(whole, end) >= 0) {
      return END.clone();
    }
    return outside(whole);
  }

  /** Returns the pairs of a range that lies in the store, without the prefix. */
  List<KeyValue> relative(List<com.apple.foundationdb.KeyValue> pairs) {
    List<KeyValue> relative = new ArrayList<>(pairs.size());
    for (com.apple.foundationdb.KeyValue pair : pairs) {
      relative.add(new KeyValue(outside(pair.getKey()), pair.getValue()));
    }
    return relative;
  }

  private byte[] inside(byte[] key) {
    return prefix.length == 0 ? key : Keys.join(prefix, key);
  }

  private byte[] outside(byte[] whole) {
    return prefix.length == 0 ? whole : Arrays.copyOfRange(whole, prefix.length, whole.length);
  }
}
