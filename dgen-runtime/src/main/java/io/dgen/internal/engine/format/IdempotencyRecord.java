package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.generated.MessageCodec;
import io.dgen.internal.engine.cluster.RunningTime;
import io.dgen.internal.term.Terms;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of a message that ran under an idempotency key. Stored in chunks, a tuple followed by
 * the reply, so that a tool can show it.
 *
 * <p>A message that was sent with a delay has a record before it runs, which names it: so two that
 * are sent under one key are one.
 *
 * @param what the message
 * @param expiry the {@link RunningTime} from which it no longer counts
 * @param waiting callers that wait for a reply that is given later; if there are any, there is no
 *     reply yet
 * @param reply the reply in the form that callers get; null if there is none, or none yet
 * @param ticket the name of a delayed message that has not run yet; null for none
 */
public record IdempotencyRecord(
    What what, long expiry, List<Caller> waiting, @Nullable Bytes reply, @Nullable String ticket) {

  private static final int FORMAT = 2;

  /** A format without digests and tickets. */
  private static final int OLD_FORMAT = 1;

  /**
   * The expiry of a delayed message's record, which ends with the message: when it runs, or is
   * cancelled, given up or killed.
   */
  private static final long NEVER = Long.MAX_VALUE;

  /**
   * The identity of a message in its record.
   *
   * @param name its name
   * @param digest the digest of its content, with the version of its types; empty if unknown
   */
  public record What(String name, String digest) {

    private static final int VERSION_DIGITS = 2 * Integer.BYTES;

    public static <M> What of(MessageCodec<M> codec, M message) {
      byte[] digest = Terms.digest(out -> codec.write(message, out));
      return new What(codec.name(message), HexFormat.of().formatHex(digest));
    }

    /** Returns the identity of a message that may have an idempotency key; null if it has none. */
    public static <M> @Nullable What ofKeyed(Envelope envelope, MessageCodec<M> codec, M message) {
      return envelope.idempotencyKey() == null ? null : of(codec, message);
    }

    /**
     * Returns whether another message is the same, as far as that can be told across versions of
     * its types.
     */
    public boolean isSame(What other) {
      return name.equals(other.name)
          && (digest.isEmpty()
              || other.digest.isEmpty()
              || !version().equals(other.version())
              || digest.equals(other.digest));
    }

    private String version() {
      return digest.substring(0, VERSION_DIGITS);
    }
  }

  /**
   * The size of the expiry, which must be in the first chunk, and of the lengths of what follows.
   */
  private static final int FRONT = Long.BYTES + 2 * Integer.BYTES;

  /** More than a transaction of the store can have written. */
  private static final int MAX_LENGTH = 10_000_000;

  /** Bytes. A class, so that the record's equality does not compare arrays by identity. */
  public static final class Bytes {

    public final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  public static IdempotencyRecord done(What what, long expiry, byte @Nullable [] reply) {
    return new IdempotencyRecord(
        what, expiry, List.of(), reply == null ? null : new Bytes(reply), null);
  }

  public static IdempotencyRecord waiting(What what, long expiry, Caller caller) {
    return new IdempotencyRecord(what, expiry, List.of(caller), null, null);
  }

  public static IdempotencyRecord scheduled(What what, String ticket) {
    return new IdempotencyRecord(what, NEVER, List.of(), null, ticket);
  }

  /** Returns the stand-in for a damaged record: something ran, but it is unknown what. */
  public static IdempotencyRecord damaged() {
    return new IdempotencyRecord(new What("", ""), NEVER, List.of(), null, null);
  }

  public boolean isDamaged() {
    return what.name().isEmpty();
  }

  public boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Returns a copy of this record with one more waiting caller. */
  public IdempotencyRecord with(Caller caller) {
    if (waiting.contains(caller)) {
      return this;
    }
    List<Caller> callers = new ArrayList<>(waiting);
    callers.add(caller);
    return new IdempotencyRecord(what, expiry, List.copyOf(callers), null, null);
  }

  /** Returns a copy of this record with its reply, and without waiting callers. */
  public IdempotencyRecord answered(byte[] answer) {
    return new IdempotencyRecord(what, expiry, List.of(), new Bytes(answer), null);
  }

  /** Returns the values to store, in the order of their chunks. */
  public List<byte[]> chunks() {
    Tuple tuple = Tuple.from(FORMAT, what.name(), reply == null ? 0 : 1, what.digest(), ticket);
    for (Caller caller : waiting) {
      tuple = tuple.add(caller.node().value()).add(caller.call());
    }
    byte[] header = tuple.pack();
    byte[] body = reply == null ? new byte[0] : reply.bytes;
    byte[] front =
        ByteBuffer.allocate(FRONT)
            .putLong(expiry)
            .putInt(header.length)
            .putInt(body.length)
            .array();
    return Envelope.cut(Keys.join(front, header, body));
  }

  /** Returns how many chunks the record has, according to its first one; 0 if that is damaged. */
  public static int chunkCount(byte[] firstChunk) {
    return (int) ((length(firstChunk) + Envelope.CHUNK - 1) / Envelope.CHUNK);
  }

  /** Returns the record's length; 0 if the first chunk is damaged. */
  private static long length(byte[] firstChunk) {
    if (firstChunk.length < FRONT) {
      return 0;
    }
    ByteBuffer front = ByteBuffer.wrap(firstChunk).position(Long.BYTES);
    long length = (long) FRONT + front.getInt() + front.getInt();
    return length < firstChunk.length || length > MAX_LENGTH ? 0 : length;
  }

  /**
   * Returns whether a record has expired, according to its first chunk; a damaged one counts as
   * expired.
   */
  public static boolean isExpired(byte[] firstChunk, long now) {
    return firstChunk.length < FRONT || ByteBuffer.wrap(firstChunk).getLong() <= now;
  }

  /**
   * Reads what {@link #chunks} wrote, joined.
   *
   * @return the record, or the stand-in for a damaged one
   * @throws CodecException if a newer version wrote it
   */
  public static IdempotencyRecord decode(byte[] bytes) {
    if (chunkCount(bytes) == 0 || length(bytes) != bytes.length) {
      return damaged();
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long expiry = buffer.getLong();
      int headerLength = buffer.getInt();
      int replyLength = buffer.getInt();
      Tuple header = FlatTuple.decode(bytes, buffer.position(), headerLength);
      long format = header.getLong(0);
      if (format > FORMAT) {
        throw new CodecException(
            "an idempotency record has format "
                + format
                + ", but this version of dgen reads format "
                + FORMAT
                + "; run the version that wrote it, or a newer one");
      }
      Bytes reply = null;
      if (header.getLong(2) == 1) {
        byte[] body = new byte[replyLength];
        buffer.position(buffer.position() + headerLength).get(body);
        reply = new Bytes(body);
      }
      return format == OLD_FORMAT
          ? new IdempotencyRecord(
              new What(header.getString(1), ""), expiry, callers(header, 3), reply, null)
          : new IdempotencyRecord(
              new What(header.getString(1), header.getString(3)),
              expiry,
              callers(header, 5),
              reply,
              header.getString(4));
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      return damaged();
    }
  }

  private static List<Caller> callers(Tuple tuple, int from) {
    List<Caller> callers = new ArrayList<>(tuple.size() / 2);
    for (int i = from; i < tuple.size(); i += 2) {
      UUID node = Objects.requireNonNull(tuple.getUUID(i));
      callers.add(new Caller(new NodeId(node), tuple.getLong(i + 1)));
    }
    return List.copyOf(callers);
  }
}
