package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The holder of an entity's lock: the message, and the node that runs it. The message itself keeps
 * its place in the queue, so that nothing is lost, whatever happens to the holder.
 *
 * <p>Stored as the message's versionstamp (12 bytes), and a tuple of the rest. The token is a
 * fencing token: the result of {@code handleLocked} is applied only if the record still has the
 * holder's token.
 */
public final class LockRecord {

  /** In place of a lease: the work sleeps, and nobody holds the lock. */
  public static final long ASLEEP = Long.MAX_VALUE;

  /** In place of a lease: the time to sleep is over, and whoever owns the entity goes on. */
  public static final long WOKEN = -1;

  private final byte[] stamp;
  private final long token;
  private final NodeId holder;
  private final long sinceMillis;
  private final String message;

  /** The message's origin; empty if it is its place. */
  private final byte[] origin;

  private final @Nullable Sleep sleep;

  /**
   * The sleep of work that holds the lock.
   *
   * @param due when it ends, in milliseconds since the epoch
   * @param node the node that began it; with the number, which sleep it is
   * @param number its number on that node
   * @param ordinal which of the sleeps of its work it is, from 1
   * @param sinceMillis when it began
   */
  public record Sleep(long due, NodeId node, long number, int ordinal, long sinceMillis) {

    /** Returns the name under which it is due. */
    public Ticket ticket(Address address) {
      return new Ticket(address, due, node, number);
    }
  }

  private LockRecord(
      byte[] stamp,
      long token,
      NodeId holder,
      long sinceMillis,
      String message,
      byte[] origin,
      @Nullable Sleep sleep) {
    this.stamp = stamp;
    this.token = token;
    this.holder = holder;
    this.sinceMillis = sinceMillis;
    this.message = message;
    this.origin = origin;
    this.sleep = sleep;
  }

  /**
   * Creates a record.
   *
   * @param stamp the place of the locking message in the queue; if it is pushed in the same
   *     transaction, ten zero bytes and its user version
   * @param sinceMillis the time by the holder's clock, for people
   * @param message the name of the locking message
   */
  public static LockRecord of(
      byte[] stamp, long token, NodeId holder, long sinceMillis, String message) {
    return new LockRecord(stamp, token, holder, sinceMillis, message, new byte[0], null);
  }

  /**
   * Returns a copy whose work sleeps.
   *
   * @param nobody a token that no node has
   */
  public LockRecord asleep(long nobody, Sleep until) {
    return new LockRecord(stamp, nobody, holder, sinceMillis, message, origin, until);
  }

  /** Returns a copy that a node holds, which goes on with the work. */
  public LockRecord heldBy(NodeId node, long itsToken) {
    return new LockRecord(stamp, itsToken, node, sinceMillis, message, origin, null);
  }

  /**
   * Returns a copy with the origin of the message.
   *
   * @param envelope the locking message, which is in the queue
   */
  public LockRecord withOriginOf(Envelope envelope) {
    byte[] its = envelope.origin(stamp);
    return new LockRecord(
        stamp,
        token,
        holder,
        sinceMillis,
        message,
        Arrays.equals(its, stamp) ? new byte[0] : its,
        sleep);
  }

  /** Returns the stand-in for a damaged record: no node holds the lock under its token. */
  public static LockRecord damaged() {
    return new LockRecord(
        new byte[KeyLayout.STAMP_LENGTH], 0, new NodeId(new UUID(0, 0)), 0, "", new byte[0], null);
  }

  public boolean isDamaged() {
    return message.isEmpty();
  }

  public static LockRecord decode(byte[] bytes) {
    try {
      Tuple tuple =
          FlatTuple.decode(bytes, KeyLayout.STAMP_LENGTH, bytes.length - KeyLayout.STAMP_LENGTH);
      return new LockRecord(
          Arrays.copyOf(bytes, KeyLayout.STAMP_LENGTH),
          tuple.getLong(0),
          new NodeId(tuple.getUUID(1)),
          tuple.getLong(2),
          tuple.getString(3),
          tuple.size() > 4 ? HexFormat.of().parseHex(tuple.getString(4)) : new byte[0],
          tuple.size() > 5
              ? new Sleep(
                  tuple.getLong(5),
                  new NodeId(tuple.getUUID(6)),
                  tuple.getLong(7),
                  (int) tuple.getLong(8),
                  tuple.getLong(9))
              : null);
    } catch (RuntimeException e) {
      throw new CodecException("an entity's lock key of " + bytes.length + " bytes is damaged", e);
    }
  }

  /** Takes the lock for a message that is in the queue. */
  public void write(Transaction transaction, EntityKeys keys) {
    transaction.set(keys.lock(), encoded());
  }

  /** Takes the lock for a message that this transaction pushes. */
  public void writeWithPushed(Transaction transaction, EntityKeys keys) {
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_VALUE, keys.lock(), KeyLayout.withOffset(encoded(), 0));
  }

  private byte[] encoded() {
    Tuple fields = Tuple.from(token, holder.value(), sinceMillis, message);
    if (origin.length > 0 || sleep != null) {
      // In digits: the tuple layer would search bytes for zeros.
      fields = fields.add(HexFormat.of().formatHex(origin));
    }
    if (sleep != null) {
      fields =
          fields
              .add(sleep.due())
              .add(sleep.node().value())
              .add(sleep.number())
              .add(sleep.ordinal())
              .add(sleep.sinceMillis());
    }
    return Keys.join(stamp, fields.pack());
  }

  /** Sets the lease: the store's version until which the holder is presumed alive. */
  public static void lease(Transaction transaction, EntityKeys keys, long untilVersion) {
    transaction.set(keys.lease(), KeyLayout.bigEndian(untilVersion));
  }

  /** Returns the version that {@link #lease} wrote; 0 if there is none, or it is damaged. */
  public static long leaseOf(byte[] stored) {
    return stored == null || stored.length != Long.BYTES ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  /** Releases the lock. */
  public static void clear(Transaction transaction, EntityKeys keys) {
    transaction.clear(keys.lock());
    transaction.clear(keys.lease());
  }

  public byte[] stamp() {
    return stamp;
  }

  /** Returns the sleep of the work; null if it does not sleep, or has been woken and goes on. */
  public @Nullable Sleep sleep() {
    return sleep;
  }

  /** Returns the versionstamp under which the message first came into the queue. */
  public byte[] origin() {
    return origin.length == 0 ? stamp : origin;
  }

  public long token() {
    return token;
  }

  public NodeId holder() {
    return holder;
  }

  public long sinceMillis() {
    return sinceMillis;
  }

  public String message() {
    return message;
  }
}
