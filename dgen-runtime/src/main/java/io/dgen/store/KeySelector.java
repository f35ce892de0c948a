package io.dgen.store;

/**
 * A reference to a key by its position among the stored keys, as FoundationDB's key selectors are:
 * find the last key less than {@code key} (or less than or equal, if {@code orEqual}), then move
 * {@code offset} keys to the right.
 *
 * @see <a
 *     href="https://apple.github.io/foundationdb/developer-guide.html#key-selectors">FoundationDB
 *     developer guide, key selectors</a>
 */
public final class KeySelector {

  private final byte[] key;
  private final boolean orEqual;
  private final int offset;

  /**
   * Creates a selector.
   *
   * @param key the reference key
   * @param orEqual whether the search starts at the key itself if it is stored
   * @param offset how many keys to move; may be negative
   */
  public KeySelector(byte[] key, boolean orEqual, int offset) {
    this.key = key;
    this.orEqual = orEqual;
    this.offset = offset;
  }

  /**
   * Returns a selector of the last stored key less than {@code key}.
   *
   * @param key the reference key
   * @return the selector
   */
  public static KeySelector lastLessThan(byte[] key) {
    return new KeySelector(key, false, 0);
  }

  /**
   * Returns a selector of the last stored key less than or equal to {@code key}.
   *
   * @param key the reference key
   * @return the selector
   */
  public static KeySelector lastLessOrEqual(byte[] key) {
    return new KeySelector(key, true, 0);
  }

  /**
   * Returns a selector of the first stored key greater than {@code key}.
   *
   * @param key the reference key
   * @return the selector
   */
  public static KeySelector firstGreaterThan(byte[] key) {
    return new KeySelector(key, true, 1);
  }

  /**
   * Returns a selector of the first stored key greater than or equal to {@code key}.
   *
   * @param key the reference key
   * @return the selector
   */
  public static KeySelector firstGreaterOrEqual(byte[] key) {
    return new KeySelector(key, false, 1);
  }

  /**
   * Returns a copy of this selector, moved.
   *
   * @param keys how many keys to the right; negative for left
   * @return the moved selector
   */
  public KeySelector add(int keys) {
    return new KeySelector(key, orEqual, offset + keys);
  }

  /**
   * Returns the reference key.
   *
   * @return the key, not a copy
   */
  public byte[] key() {
    return key;
  }

  /**
   * Returns whether the search starts at the key itself if it is stored.
   *
   * @return true if it does
   */
  public boolean orEqual() {
    return orEqual;
  }

  /**
   * Returns how many keys to move.
   *
   * @return the offset
   */
  public int offset() {
    return offset;
  }

  @Override
  public String toString() {
    return "KeySelector[" + Keys.printable(key) + ", " + orEqual + ", " + offset + "]";
  }
}
