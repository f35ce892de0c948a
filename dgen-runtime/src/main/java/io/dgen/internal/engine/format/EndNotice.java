package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * Tells the owner of an entity that another node has killed or reset it: what the owner runs of it
 * can never commit, and need not be waited for. It lies in the owner's mailbox, beside replies,
 * under a number that no call has; a node that does not know notices clears it like a reply that
 * nobody waits for.
 *
 * @param address the entity
 * @param version the version at which it was killed
 */
public record EndNotice(Address address, long version) {

  /** Notices are behind all calls, since a mailbox is read from its first open call on. */
  private static final long FIRST = 1L << 62;

  /** Returns a number for one notice. */
  public static long number(RandomGenerator random) {
    return FIRST | random.nextLong() >>> 2;
  }

  public static boolean isNotice(long number) {
    return number >= FIRST;
  }

  /** Of the versionstamp of a kill. */
  public static EndNotice of(Address address, byte[] stamp) {
    return new EndNotice(address, ByteBuffer.wrap(stamp).getLong());
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
