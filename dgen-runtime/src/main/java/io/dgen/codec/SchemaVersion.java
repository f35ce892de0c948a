package io.dgen.codec;

/**
 * The version of a server's types that wrote or reads something: the number of a released schema,
 * or the fingerprint of an unreleased one. It is stored with each state and message, so that an
 * error about unreadable data can say where the data comes from.
 *
 * @param number positive: a version that the server's schema file lists as released; negative: a
 *     hash of unreleased types; 0: unknown, since the data was written before versions were stored
 */
public record SchemaVersion(int number) {

  /** The version of data written before versions were stored. */
  public static final SchemaVersion UNKNOWN = new SchemaVersion(0);

  /**
   * Returns whether the version is known.
   *
   * @return false for {@link #UNKNOWN}
   */
  public boolean isKnown() {
    return number != 0;
  }

  /** Returns {@code schema version 3}, or {@code unreleased schema 8f3a91c2}. */
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
