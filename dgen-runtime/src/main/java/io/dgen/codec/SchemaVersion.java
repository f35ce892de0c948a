package io.dgen.codec;

/**
 * Which version of a server's types wrote something, or reads it: the number of a released schema,
 * or the fingerprint of one that was not released. It goes with each stored state and message, so
 * that what cannot be read says where it comes from.
 *
 * @param number positive: the version that the server's schema file says was released; negative: a
 *     hash of types of which no version was released; 0: not known, since it was written before
 *     versions were kept
 */
public record SchemaVersion(int number) {

  /** What was written before versions were kept. */
  public static final SchemaVersion UNKNOWN = new SchemaVersion(0);

  /**
   * Whether it is known.
   *
   * @return false for {@link #UNKNOWN}
   */
  public boolean isKnown() {
    return number != 0;
  }

  /** {@code schema version 3}, or {@code unreleased schema 8f3a91c2}. */
  @Override
  public String toString() {
    if (number == 0) {
      return "an unknown schema version";
    }
    return number > 0
        ? "schema version " + number
        : "unreleased schema " + Integer.toHexString(number);
  }
}
