package io.dgen.generated.codec;

import io.dgen.codec.SchemaVersion;
import io.dgen.store.KeyValue;
import java.util.List;

/**
 * The stored pairs of one state, below the entity's state prefix, in key order. Each read needs a
 * new one. Not thread-safe.
 */
public final class StateSource {

  private final int prefixLength;
  private final List<KeyValue> pairs;
  private final SchemaVersion writtenBy;
  private boolean outdated;

  /**
   * Creates a source.
   *
   * @param prefixLength the length of the state prefix, the start of every key, in bytes
   * @param pairs the pairs in key order, at least one
   */
  public StateSource(int prefixLength, List<KeyValue> pairs) {
    this(prefixLength, pairs, SchemaVersion.UNKNOWN);
  }

  /**
   * Creates a source.
   *
   * @param prefixLength the length of the state prefix, the start of every key, in bytes
   * @param pairs the pairs in key order, at least one
   * @param writtenBy the version that wrote the state last, and so could read all of it
   */
  public StateSource(int prefixLength, List<KeyValue> pairs, SchemaVersion writtenBy) {
    this.prefixLength = prefixLength;
    this.pairs = pairs;
    this.writtenBy = writtenBy;
  }

  /**
   * Returns the version that wrote the state last.
   *
   * @return the version, for errors
   */
  public SchemaVersion writtenBy() {
    return writtenBy;
  }

  /**
   * Returns the length of the state prefix.
   *
   * @return how many bytes of each key come before the path
   */
  public int prefixLength() {
    return prefixLength;
  }

  /**
   * Returns the stored pairs.
   *
   * @return the pairs in key order
   */
  public List<KeyValue> pairs() {
    return pairs;
  }

  /**
   * Returns whether {@link StateCodec#read} found something that {@link StateCodec#write} would not
   * write now: a component that the record no longer has, or another encoding. The next write must
   * then clear everything below the prefix and write the state in full, with null as the state
   * before; a difference alone would leave remains.
   *
   * @return true if so; false until the state has been read
   */
  public boolean isOutdated() {
    return outdated;
  }

  void markOutdated() {
    outdated = true;
  }
}
