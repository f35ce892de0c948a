package io.dgen.internal.engine;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was done under an idempotency key. Stored in chunks, a tuple in front of the reply, so that
 * a tool can show it.
 *
 * @param message the name of the message
 * @param expiry the store's version from which it counts no more
 * @param waiting callers that wait for a reply that is given later; with one, there is none yet
 * @param reply the reply as it goes to callers; null if there is none, or none yet
 */
record DoneRecord(String message, long expiry, List<Caller> waiting, @Nullable Bytes reply) {

  private static final int FORMAT = 1;

  /** The expiry, so that it is in the first chunk, and the sizes of what follows. */
  private static final int FRONT = Long.BYTES + 2 * Integer.BYTES;

  /** More than a transaction of the store can have written. */
  private static final int MAX_LENGTH = 10_000_000;

  /** Bytes. A class, so that the record's equality is not asked of them. */
  static final class Bytes {

    final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  static DoneRecord done(String message, long expiry, byte @Nullable [] reply) {
    return new DoneRecord(message, expiry, List.of(), reply == null ? null : new Bytes(reply));
  }

  static DoneRecord waiting(String message, long expiry, Caller caller) {
    return new DoneRecord(message, expiry, List.of(caller), null);
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** The same with one more caller that waits. */
  DoneRecord with(Caller caller) {
    if (waiting.contains(caller)) {
      return this;
    }
    List<Caller> callers = new ArrayList<>(waiting);
    callers.add(caller);
    return new DoneRecord(message, expiry, List.copyOf(callers), null);
  }

  /** The same with its reply, and nobody who waits. */
  DoneRecord answered(byte[] answer) {
    return new DoneRecord(message, expiry, List.of(), new Bytes(answer));
  }

  /** The values to store, in the order of their chunks. */
  List<byte[]> chunks() {
    Tuple tuple = Tuple.from(FORMAT, message, reply == null ? 0 : 1);
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

  /** How many chunks the record has, as its first one says. */
  static int chunkCount(byte[] firstChunk) {
    return (int) ((length(firstChunk) + Envelope.CHUNK - 1) / Envelope.CHUNK);
  }

  private static long length(byte[] firstChunk) {
    if (firstChunk.length < FRONT) {
      throw damaged(null);
    }
    ByteBuffer front = ByteBuffer.wrap(firstChunk).position(Long.BYTES);
    long length = (long) FRONT + front.getInt() + front.getInt();
    if (length < firstChunk.length || length > MAX_LENGTH) {
      throw damaged(null);
    }
    return length;
  }

  private static CodecException damaged(@Nullable RuntimeException cause) {
    return new CodecException("an idempotency record is damaged", cause);
  }

  /** Whether a record has expired, as its first chunk says; a damaged one counts as such. */
  static boolean isExpired(byte[] firstChunk, long version) {
    return firstChunk.length < FRONT || ByteBuffer.wrap(firstChunk).getLong() <= version;
  }

  /**
   * Reads what {@link #chunks} wrote, joined.
   *
   * @throws CodecException if the bytes are no record
   */
  static DoneRecord decode(byte[] bytes) {
    if (length(bytes) != bytes.length) {
      throw damaged(null);
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long expiry = buffer.getLong();
      int headerLength = buffer.getInt();
      int replyLength = buffer.getInt();
      Tuple header = FlatTuple.decode(bytes, buffer.position(), headerLength);
      if (header.getLong(0) != FORMAT) {
        throw new CodecException(
            "an idempotency record has format "
                + header.getLong(0)
                + ", this version of dgen reads format "
                + FORMAT
                + "; run the version that wrote it, or a newer one");
      }
      Bytes reply = null;
      if (header.getLong(2) == 1) {
        byte[] body = new byte[replyLength];
        buffer.position(buffer.position() + headerLength).get(body);
        reply = new Bytes(body);
      }
      return new DoneRecord(header.getString(1), expiry, callers(header), reply);
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private static List<Caller> callers(Tuple tuple) {
    List<Caller> callers = new ArrayList<>(tuple.size() / 2);
    for (int i = 3; i < tuple.size(); i += 2) {
      UUID node = Objects.requireNonNull(tuple.getUUID(i));
      callers.add(new Caller(new NodeId(node), tuple.getLong(i + 1)));
    }
    return List.copyOf(callers);
  }
}
