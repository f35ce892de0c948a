package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import java.util.random.RandomGenerator;

/**
 * A notice to an entity's owner that another node has killed or reset the entity: the owner's
 * current work on it can never commit, and need not be waited for. It is stored in the owner's
 * mailbox, among the replies, under a number that no call has; a node that does not know notices
 * clears it like a reply without a caller.
 *
 * @param address the entity
 * @param version the version at which it was killed
 */
public record EndNotice(Address address, long version) {

  /** Notices sort after all calls, since a mailbox is read from its first open call on. */
  private static final long FIRST = 1L << 62;

  /** Returns a random number for a notice. */
  public static long number(RandomGenerator random) {
    return FIRST | random.nextLong() >>> 2;
  }

  public static boolean isNotice(long number) {
    return number >= FIRST;
  }

  /** Returns the notice for a kill's versionstamp. */
  public static EndNotice of(Address address, byte[] stamp) {
    return new EndNotice(address, KeyLayout.versionOf(stamp));
  }

  public byte[] encoded() {
    return Tuple.from(address.server(), address.id(), version).pack();
  }

  public static EndNotice decode(byte[] bytes) {
    try {
      Tuple tuple = FlatTuple.decode(bytes, 0, bytes.length);
      return new EndNotice(new Address(tuple.getString(0), tuple.getString(1)), tuple.getLong(2));
    } catch (RuntimeException e) {
      throw new CodecException("the notice of a kill is damaged", e);
    }
  }
}
