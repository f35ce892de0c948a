package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.error.Effect;
import io.dgen.generated.MessageKind;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as stored in the queue: what the engine must know of it, and the term of its record.
 *
 * <p>Stored in chunks of at most {@link #CHUNK} bytes, since a value of the store has a limit. The
 * header is a tuple, so that a tool can show it.
 *
 * @param name the message record's name
 * @param kind its kind
 * @param replyTo the node that waits for a reply; null for a cast
 * @param call the number of the call on that node
 * @param sentAt when it was sent, in milliseconds since the epoch by the sender's clock
 * @param attempts how many attempts have failed
 * @param notBefore the store's version before which it is not retried; 0 for none, {@link #NEVER}
 *     if it is to be given up
 * @param error the last attempt's error, or why it cannot run; empty for none
 * @param idempotencyKey the key under which it counts once; null for none
 * @param stack the last attempt's stack trace; empty for none
 * @param unfinished how many of its runs began and are not known to have ended: the one that is on
 *     trial, and those that may have crashed a process
 * @param hasLocked whether it has held the entity's lock before: what its callback changed when it
 *     took the lock is committed
 * @param patience how long the caller still waited when the message came to the queue, in the
 *     store's versions; 0 if it has no deadline, or none is known
 * @param unreadable whether the last node that came to it could not decode it, for {@code error}
 * @param origin the versionstamp under which it first came into the queue, in hexadecimal digits,
 *     if it was a dead letter since and has steps; empty if that is its place
 * @param ask what an entity asks with this call; null if a sender waits for the reply, or nobody
 * @param payload the term of the record; for an answer, an {@link AnswerRecord}
 */
public record Envelope(
    String name,
    MessageKind kind,
    @Nullable NodeId replyTo,
    long call,
    long sentAt,
    int attempts,
    long notBefore,
    String error,
    @Nullable String idempotencyKey,
    String stack,
    int unfinished,
    boolean hasLocked,
    long patience,
    boolean unreadable,
    String origin,
    @Nullable Ask ask,
    Payload payload) {

  /** The maximum size of a value of the store. */
  static final int CHUNK = 100_000;

  /**
   * In place of a version: there is no further attempt, since none can succeed or be in time for
   * its caller. A node that does not know it retries.
   */
  public static final long NEVER = -1;

  private static final int FORMAT = 1;

  /**
   * The format of what is asked, and of answers. A version that does not know them must not run
   * them: nobody would be answered.
   */
  private static final int FORMAT_OF_ASKS = 2;

  /** The size of the lengths of header and payload, which come first. */
  private static final int SIZES = 2 * Integer.BYTES;

  /**
   * The bytes of a record's term. A class, so that the envelope's equality does not compare arrays
   * by identity.
   */
  public static final class Payload {

    public final byte[] bytes;

    public Payload(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** Returns a message that nobody waits for and that has not been tried. */
  public static Envelope of(
      String name, MessageKind kind, long sentAt, @Nullable String key, byte[] payload) {
    return new Envelope(
        name,
        kind,
        null,
        0,
        sentAt,
        0,
        0,
        "",
        key,
        "",
        0,
        false,
        0,
        false,
        "",
        null,
        new Payload(payload));
  }

  /** Returns a copy of this message with which an entity asks. */
  public Envelope asking(Ask what) {
    return of(name, kind, sentAt, null, payload.bytes).but("", what, payload);
  }

  /** Returns a copy of this message after one more failed attempt. */
  public Envelope failed(long retryVersion, ErrorText lastError) {
    return with(attempts + 1, retryVersion, lastError, 0, hasLocked, false);
  }

  /** Returns a copy of this message with another payload. */
  public Envelope withPayload(byte[] bytes) {
    return but(origin, ask, new Payload(bytes));
  }

  /** Returns a copy of this message that has held the entity's lock. */
  public Envelope afterLock() {
    return with(attempts, notBefore, new ErrorText(error, stack), unfinished, true, unreadable);
  }

  /**
   * Returns what became of this message if it is never executed again: it changed nothing, unless
   * it took the lock.
   */
  public Effect effectIfDropped() {
    return effectIfDropped(hasLocked);
  }

  private static Effect effectIfDropped(boolean hasLocked) {
    return hasLocked ? Effect.UNKNOWN : Effect.NONE;
  }

  /**
   * Returns the effect of a message that is dropped, from its first chunk alone. If the chunk is
   * unreadable, nothing is known.
   */
  public static Effect effectIfDropped(byte[] firstChunk) {
    try {
      Tuple header = header(firstChunk);
      return effectIfDropped(header.size() > 12 && header.getLong(12) != 0);
    } catch (RuntimeException e) {
      return Effect.UNKNOWN;
    }
  }

  /**
   * Returns whether a version of the store is after the deadline of the caller. A message that has
   * held the lock has no deadline: what it did may have to be brought to an end.
   *
   * @param since the version at which the message came to the queue
   */
  public boolean isLate(long version, long since) {
    return !hasLocked && isCallerGone(version, since);
  }

  /**
   * Returns whether the caller has stopped waiting by a version of the store, as far as is known.
   *
   * @param since the version at which the message came to the queue
   */
  public boolean isCallerGone(long version, long since) {
    return patience > 0 && version - since > patience;
  }

  /**
   * Returns a copy of this message with the problem that keeps it from running; no attempt is
   * counted.
   *
   * @param undecodable whether the problem is that this node cannot decode the message
   */
  public Envelope noted(ErrorText problem, boolean undecodable) {
    return with(attempts, notBefore, problem, unfinished, hasLocked, undecodable);
  }

  /**
   * Returns a copy of this message in the form that is stored before it is tried alone.
   *
   * @param wasRunning whether it is known to have been running when a process ended
   * @param reason why it is tried alone
   */
  public Envelope onTrial(boolean wasRunning, String reason) {
    int next = unfinished == 0 && wasRunning ? 2 : unfinished + 1;
    return with(attempts, notBefore, new ErrorText(reason, ""), next, hasLocked, false);
  }

  /** Returns a copy of this message with another history. */
  private Envelope with(
      int nextAttempts,
      long nextNotBefore,
      ErrorText lastError,
      int nextUnfinished,
      boolean nextHasLocked,
      boolean nextUnreadable) {
    return new Envelope(
        name,
        kind,
        replyTo,
        call,
        sentAt,
        nextAttempts,
        nextNotBefore,
        lastError.text(),
        idempotencyKey,
        lastError.stack(),
        nextUnfinished,
        nextHasLocked,
        patience,
        nextUnreadable,
        origin,
        ask,
        payload);
  }

  /** Returns how many attempts began without succeeding, as far as is known. */
  public int begun() {
    return attempts + unfinished;
  }

  /** Returns the number of the attempt that is running now. */
  public int attempt() {
    return attempts + Math.max(1, unfinished);
  }

  /**
   * Returns how many times so far a process has ended while the message was on trial or known to be
   * running.
   */
  public int crashes() {
    return Math.max(0, unfinished - 1);
  }

  /** Returns a copy of this message with no attempts counted and no caller waiting for it. */
  Envelope fresh() {
    return of(name, kind, sentAt, idempotencyKey, payload.bytes).but(origin, null, payload);
  }

  /**
   * Returns the versionstamp under which this message first came into the queue: its steps are
   * recorded under it.
   *
   * @param stamp its place in the queue
   */
  public byte[] origin(byte[] stamp) {
    return origin.isEmpty() ? stamp : HexFormat.of().parseHex(origin);
  }

  /** Returns whether this message may have steps: it has held the lock, or was a dead letter. */
  public boolean mayHaveSteps() {
    return hasLocked || !origin.isEmpty();
  }

  /**
   * Returns a copy of this message that keeps its steps when it leaves its place.
   *
   * @param stamp its place in the queue
   */
  public Envelope withOrigin(byte[] stamp) {
    return but(origin.isEmpty() ? HexFormat.of().formatHex(stamp) : origin, ask, payload);
  }

  /** Returns a copy of this message with the same history. */
  private Envelope but(String nextOrigin, @Nullable Ask nextAsk, Payload nextPayload) {
    return new Envelope(
        name,
        kind,
        replyTo,
        call,
        sentAt,
        attempts,
        notBefore,
        error,
        idempotencyKey,
        stack,
        unfinished,
        hasLocked,
        patience,
        unreadable,
        nextOrigin,
        nextAsk,
        nextPayload);
  }

  /** Returns the values to store, in the order of their chunks. */
  public List<byte[]> chunks() {
    return cut(encoded());
  }

  /** Returns the bytes that {@link #decode} reads. */
  byte[] encoded() {
    Tuple fields =
        Tuple.from(
            ask != null || kind == MessageKind.ANSWER ? FORMAT_OF_ASKS : FORMAT,
            name,
            kind.name(),
            replyTo == null ? null : replyTo.value(),
            call,
            sentAt,
            attempts,
            notBefore,
            error,
            idempotencyKey,
            stack,
            unfinished);
    boolean hasOrigin = !origin.isEmpty() || ask != null;
    if (hasLocked || patience > 0 || unreadable || hasOrigin) {
      fields = fields.add(hasLocked ? 1 : 0);
    }
    if (patience > 0 || unreadable || hasOrigin) {
      fields = fields.add(patience);
    }
    if (unreadable || hasOrigin) {
      fields = fields.add(unreadable ? 1 : 0);
    }
    if (hasOrigin) {
      fields = fields.add(origin);
    }
    if (ask != null) {
      fields =
          fields
              .add(ask.number())
              .add(ask.asker().server())
              .add(ask.asker().id())
              .add(ask.asked().server())
              .add(ask.asked().id());
    }
    byte[] header = fields.pack();
    byte[] sizes =
        ByteBuffer.allocate(SIZES).putInt(header.length).putInt(payload.bytes.length).array();
    return Keys.join(sizes, header, payload.bytes);
  }

  /** Joins what {@link #cut} has cut: the values of rows, in order. */
  public static byte[] joined(List<KeyValue> rows) {
    return Keys.join(rows.stream().map(KeyValue::value).toArray(byte[][]::new));
  }

  /** Cuts bytes into chunks, at least one. */
  public static List<byte[]> cut(byte[] bytes) {
    if (bytes.length <= CHUNK) {
      return List.of(bytes);
    }
    List<byte[]> chunks = new ArrayList<>(bytes.length / CHUNK + 1);
    for (int begin = 0; begin < bytes.length; begin += CHUNK) {
      chunks.add(Arrays.copyOfRange(bytes, begin, Math.min(bytes.length, begin + CHUNK)));
    }
    return chunks;
  }

  /**
   * Returns how many chunks the message has, according to its first one.
   *
   * @throws CodecException if it claims an impossible number
   */
  public static int chunkCount(byte[] firstChunk) {
    return (int) Math.ceilDiv(length(firstChunk), (long) CHUNK);
  }

  /** Returns how many bytes the message has, according to its first ones. Allocates nothing. */
  private static long length(byte[] bytes) {
    if (bytes.length < SIZES) {
      throw damaged(bytes, "it is too short", null);
    }
    ByteBuffer sizes = ByteBuffer.wrap(bytes);
    int header = sizes.getInt();
    int payload = sizes.getInt();
    if (header < 0 || payload < 0) {
      throw damaged(bytes, "it claims a negative length", null);
    }
    return (long) SIZES + header + payload;
  }

  private static CodecException damaged(
      byte[] bytes, String problem, @Nullable RuntimeException cause) {
    return new CodecException(
        "a queued message of " + bytes.length + " bytes is damaged: " + problem, cause);
  }

  /** Returns the call that waits for the message's result; null if none does. */
  public @Nullable Caller caller() {
    if (ask != null) {
      return Caller.of(ask);
    }
    return replyTo == null ? null : new Caller(replyTo, call);
  }

  /**
   * Returns the caller that waits for a message's reply, from its first chunk alone.
   *
   * @return null if there is none, or the chunk is unreadable
   */
  public static @Nullable Caller callerOf(byte[] firstChunk) {
    try {
      Tuple header = header(firstChunk);
      Ask ask = ask(header);
      if (ask != null) {
        return Caller.of(ask);
      }
      UUID node = header.getUUID(3);
      return node == null ? null : new Caller(new NodeId(node), header.getLong(4));
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static @Nullable Ask ask(Tuple header) {
    return header.size() <= 16
        ? null
        : new Ask(
            new Address(header.getString(17), header.getString(18)),
            header.getUUID(16),
            new Address(header.getString(19), header.getString(20)));
  }

  /**
   * Decodes the header of a message, from its first chunk alone.
   *
   * @throws RuntimeException if it is damaged, or does not end in this chunk
   */
  private static Tuple header(byte[] firstChunk) {
    return FlatTuple.decode(firstChunk, SIZES, ByteBuffer.wrap(firstChunk).getInt());
  }

  /** Returns a message's name, from its first chunk alone; empty if the chunk is unreadable. */
  public static String nameOf(byte[] firstChunk) {
    try {
      String name = header(firstChunk).getString(1);
      return name == null ? "" : name;
    } catch (RuntimeException e) {
      return "";
    }
  }

  /** Returns a message's idempotency key, from its first chunk alone; null for none. */
  public static @Nullable String idempotencyKeyOf(byte[] firstChunk) {
    try {
      Tuple header = header(firstChunk);
      return header.size() > 9 ? header.getString(9) : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  /**
   * Returns the damage to a message that no version of dgen can ever read: in the sizes at its
   * start, its header, or its record if that is not a term. The header of any version is a tuple
   * that begins with the number of its format.
   *
   * @return null if this version, or possibly another, can read it
   */
  public static @Nullable String damage(byte[] bytes) {
    try {
      if (length(bytes) != bytes.length) {
        return damaged(bytes, "it claims " + length(bytes), null).getMessage();
      }
      int headerLength = ByteBuffer.wrap(bytes).getInt();
      long format = FlatTuple.decode(bytes, SIZES, headerLength).getLong(0);
      if (format > FORMAT_OF_ASKS) {
        return null;
      }
      Envelope envelope = decode(bytes);
      Terms.check(envelope.payload().bytes);
      return null;
    } catch (CodecException e) {
      return e.getMessage();
    } catch (RuntimeException e) {
      return damaged(bytes, e.toString(), e).getMessage();
    }
  }

  /**
   * Reads what {@link #chunks} wrote, joined.
   *
   * @throws CodecException if the bytes are not an envelope
   */
  public static Envelope decode(byte[] bytes) {
    long length = length(bytes);
    if (length != bytes.length) {
      throw damaged(bytes, "it claims " + length, null);
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      int headerLength = buffer.getInt();
      int payloadLength = buffer.getInt();
      Tuple header = FlatTuple.decode(bytes, buffer.position(), headerLength);
      long format = header.getLong(0);
      if (format < FORMAT || format > FORMAT_OF_ASKS) {
        throw new CodecException(
            "a queued message has envelope format "
                + format
                + ", but this version of dgen reads formats up to "
                + FORMAT_OF_ASKS
                + "; run the version that wrote it, or a newer one");
      }
      UUID node = header.getUUID(3);
      byte[] payload = new byte[payloadLength];
      buffer.position(buffer.position() + headerLength).get(payload);
      return new Envelope(
          header.getString(1),
          MessageKind.valueOf(header.getString(2)),
          node == null ? null : new NodeId(node),
          header.getLong(4),
          header.getLong(5),
          (int) header.getLong(6),
          header.getLong(7),
          header.getString(8),
          header.size() > 9 ? header.getString(9) : null,
          header.size() > 10 ? header.getString(10) : "",
          header.size() > 11 ? (int) header.getLong(11) : 0,
          header.size() > 12 && header.getLong(12) != 0,
          header.size() > 13 ? header.getLong(13) : 0,
          header.size() > 14 && header.getLong(14) != 0,
          header.size() > 15 ? header.getString(15) : "",
          ask(header),
          new Payload(payload));
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(bytes, e.toString(), e);
    }
  }
}
