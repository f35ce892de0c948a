package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The layout of all keys: docs/architecture.md has the table. Keys are tuples with small integers
 * in place of words.
 */
public final class KeyLayout {

  /** The value of a key whose presence is its meaning. */
  public static final byte[] NOTHING = {};

  /** The number of shards of each server. Part of the format: changing it loses ready keys. */
  public static final int SHARDS = 64;

  /** The length of a versionstamp in a key: ten bytes of the store, two of the transaction. */
  public static final int STAMP_LENGTH = 12;

  private static final int ENTITY = 0;
  private static final int READY = 1;
  private static final int BUMP = 2;
  private static final int DUE = 3;
  private static final int REPLY = 4;
  private static final int MAIL = 5;
  private static final int NODE = 6;
  private static final int RECEIPT = 7;
  private static final int EXPIRY = 8;
  private static final int RUNNING = 9;
  private static final int DAMAGED = 10;
  private static final int QUERY = 11;
  private static final int QUERY_BELL = 12;

  private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

  /**
   * A shard's bell counts delayed messages in its upper half, and everything else in its lower
   * half.
   */
  private static final byte[] ONE_DELAYED = {0, 0, 0, 0, 1, 0, 0, 0};

  /** Leaves room for doubled zeros, so that the result is still a valid key. */
  private static final int MAX_DAMAGED = 4_500;

  private final byte[] root;

  public KeyLayout(byte[] root) {
    this.root = root;
  }

  /** Returns the prefix of every key. */
  public byte[] root() {
    return root;
  }

  public EntityKeys entity(String server, String id) {
    return new EntityKeys(
        pack(Tuple.from(ENTITY, server, id)),
        readyKey(server, id),
        bumpKey(server, shard(server, id)));
  }

  /** Returns the prefix of every key of a server's entities. */
  public byte[] serverPrefix(String server) {
    return pack(Tuple.from(ENTITY, server));
  }

  /** Returns the prefix of every key of an entity. */
  public byte[] entityPrefix(String server, String id) {
    return pack(Tuple.from(ENTITY, server, id));
  }

  /** Returns the id of the entity that a key belongs to, whatever follows the id. */
  public static String entityId(byte[] serverPrefix, byte[] key) {
    int end = serverPrefix.length + 1;
    // A zero ends the text, unless 0xFF follows: then it is a character of the text.
    while (key[end] != 0 || (end + 1 < key.length && key[end + 1] == -1)) {
      end += key[end] == 0 ? 2 : 1;
    }
    return Tuple.fromBytes(key, serverPrefix.length, end + 1 - serverPrefix.length).getString(0);
  }

  /** Returns the shard of an entity: the same on every node and in every release. */
  public static int shard(String server, String id) {
    return Math.floorMod(Hashes.of(server, id), SHARDS);
  }

  public byte[] readyPrefix(String server, int shard) {
    return pack(Tuple.from(READY, server, shard));
  }

  private byte[] readyKey(String server, String id) {
    return pack(Tuple.from(READY, server, shard(server, id), id));
  }

  /** Returns the id of the entity that a ready key names. */
  public static String readyId(byte[] readyPrefix, byte[] key) {
    return Tuple.fromBytes(key, readyPrefix.length, key.length - readyPrefix.length).getString(0);
  }

  /** Returns the one watched key of a shard. */
  public byte[] bumpKey(String server, int shard) {
    return pack(Tuple.from(BUMP, server, shard));
  }

  /** Returns the prefix of a shard's delayed messages, in the order in which they are due. */
  public byte[] duePrefix(String server, int shard) {
    return pack(Tuple.from(DUE, server, shard));
  }

  /** Returns the prefix of a shard's idempotency records, in the order in which they expire. */
  public byte[] expiryPrefix(String server, int shard) {
    return pack(Tuple.from(EXPIRY, server, shard));
  }

  /** Returns the key of the running time: how long any node has been running. */
  public byte[] runningTimeKey() {
    return pack(Tuple.from(RUNNING));
  }

  /**
   * Returns the key under which an unreadable row is kept; its end is cut off if it would be too
   * long for a key.
   */
  public byte[] damagedKey(byte[] key) {
    byte[] original = Arrays.copyOfRange(key, root.length, Math.min(key.length, MAX_DAMAGED));
    return pack(Tuple.from(DAMAGED, original));
  }

  public byte[] replyPrefix(NodeId node) {
    return pack(Tuple.from(REPLY, node.value()));
  }

  public byte[] replyKey(NodeId node, long call, int chunk) {
    return pack(Tuple.from(REPLY, node.value(), call, chunk));
  }

  /** Returns the call that a reply key belongs to. */
  public static long replyCall(byte[] replyPrefix, byte[] key) {
    return Tuple.fromBytes(key, replyPrefix.length, key.length - replyPrefix.length).getLong(0);
  }

  /** Returns the one watched key of a node's mailbox. */
  public byte[] mailKey(NodeId node) {
    return pack(Tuple.from(MAIL, node.value()));
  }

  /** Returns the keys of the queries that a node is asked to run. */
  public StampedKeys queries(NodeId node) {
    return new StampedKeys(pack(Tuple.from(QUERY, node.value())));
  }

  /** Returns the one watched key of these queries. */
  public byte[] queryBellKey(NodeId node) {
    return pack(Tuple.from(QUERY_BELL, node.value()));
  }

  public byte[] nodePrefix() {
    return pack(Tuple.from(NODE));
  }

  public byte[] nodeKey(NodeId node) {
    return pack(Tuple.from(NODE, node.value()));
  }

  public static NodeId nodeId(byte[] nodePrefix, byte[] key) {
    return new NodeId(
        Tuple.fromBytes(key, nodePrefix.length, key.length - nodePrefix.length).getUUID(0));
  }

  public byte[] receiptPrefix(NodeId node) {
    return pack(Tuple.from(RECEIPT, node.value()));
  }

  public byte[] receiptKey(NodeId node, int slot) {
    return pack(Tuple.from(RECEIPT, node.value(), slot));
  }

  private byte[] pack(Tuple tuple) {
    return tuple.pack(root);
  }

  /** Returns a versionstamp before its commit: the store fills in the first ten bytes. */
  public static byte[] incompleteStamp(int userVersion) {
    byte[] stamp = new byte[STAMP_LENGTH];
    stamp[10] = (byte) (userVersion >> 8);
    stamp[11] = (byte) userVersion;
    return stamp;
  }

  /** Returns the version of the commit that a versionstamp belongs to. */
  public static long versionOf(byte[] stamp) {
    return ByteBuffer.wrap(stamp).getLong();
  }

  /** Returns the operand that adds one. */
  public static byte[] one() {
    return ONE;
  }

  /** Returns the operand with which a delayed message rings the bell of its shard. */
  public static byte[] oneDelayed() {
    return ONE_DELAYED;
  }

  /**
   * Returns the count of delayed messages in a shard's bell: it differs if any were sent since, and
   * sometimes if none were, such as when the lower half overflows.
   */
  public static long delayedSends(byte @Nullable [] bump) {
    return counter(bump) >>> Integer.SIZE;
  }

  /**
   * Returns the operand that adds {@code value}, which is also the form in which counters are
   * stored.
   */
  public static byte[] littleEndian(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  /** Returns a number as eight bytes, the highest first, so that keys and texts sort by it. */
  public static byte[] bigEndian(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  /** Returns the value of a counter; zero if it is not stored. */
  public static long counter(byte @Nullable [] stored) {
    // As the store's ADD does: a short value is extended with zeros.
    return stored == null
        ? 0
        : ByteBuffer.wrap(Arrays.copyOf(stored, Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
  }

  /** Appends the offset that the store's versionstamp operations need. */
  public static byte[] withOffset(byte[] bytes, int offset) {
    byte[] result = Arrays.copyOf(bytes, bytes.length + Integer.BYTES);
    ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length, offset);
    return result;
  }
}
