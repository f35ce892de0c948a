package io.dgen.generated.codec;

import io.dgen.codec.SchemaVersion;
import io.dgen.store.KeyValue;
import java.util.List;

/**
 * What is stored of one state: the pairs below the entity's state prefix, in key order. One is made
 * for each read. Not thread-safe.
 */
public final class StateSource {

  private final int prefixLength;
  private final List<KeyValue> pairs;
  private final SchemaVersion writtenBy;
  private boolean outdated;

  /**
   * Makes a source.
   *
   * @param prefixLength the length of the state prefix, the start of every key, in bytes
   * @param pairs the pairs in key order, at least one
   */
  public StateSource(int prefixLength, List<KeyValue> pairs) {
    this(prefixLength, pairs, SchemaVersion.UNKNOWN);
  }

  /**
   * Makes a source.
   *
   * @param prefixLength the length of the state prefix, the start of every key, in bytes
   * @param pairs the pairs in key order, at least one
   * @param writtenBy which version wrote the state last, and so could read all of it
   */
  public StateSource(int prefixLength, List<KeyValue> pairs, SchemaVersion writtenBy) {
    this.prefixLength = prefixLength;
    this.pairs = pairs;
    this.writtenBy = writtenBy;
  }

  /**
   * Which version wrote the state last.
   *
   * @return the version, for errors
   */
  public SchemaVersion writtenBy() {
    return writtenBy;
  }

  /**
   * The length of the state prefix.
   *
   * @return how many bytes of each key come before the path
   */
  public int prefixLength() {
    return prefixLength;
  }

  /**
   * The stored pairs.
   *
   * @return the pairs in key order
   */
  public List<KeyValue> pairs() {
    return pairs;
  }

  /**
   * Whether {@link StateCodec#read} found something that {@link StateCodec#write} would not write
   * now: a component that the record does not have any more, or another encoding. The next write
   * must then clear everything below the prefix and write the state in full, with null for what was
   * before; a difference alone would leave remains.
   *
   * @return true if so; false until the state was read
   */
  public boolean isOutdated() {
    return outdated;
  }

  void markOutdated() {
    outdated = true;
  }
}
