package io.dgen.tests.harness;

import com.apple.foundationdb.tuple.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a key of the engine is for. Knows the format, so that tests can look at what is stored. */
public enum KeyKind {
  META(0, 1),
  STATE(0, 16),
  QUEUE(0, 17),
  PUSHED(0, 18),
  LOCK(0, 19),
  LEASE(0, 20),
  KILLED(0, 21),
  PAUSED(0, 22),
  FAILURES(0, 23),
  DEAD(0, 24),
  DEAD_COUNT(0, 25),
  DELAYED(0, 26),
  DONE(0, 27),
  STEPS(0, 32),
  LETTER_STEPS(0, 33),
  ASK(0, 30),
  OWED(0, 31),
  READY(1),
  BUMP(2),
  DUE(3),
  REPLY(4),
  MAIL(5),
  NODE(6),
  RECEIPT(7),
  EXPIRY(8),
  RUNNING_TIME(9),
  DAMAGED(10),
  QUERY(11),
  QUERY_BELL(12),
  UNKNOWN(-1);

  private static final int NONE = -1;
  private static final int ENTITY = 0;

  private final long kind;
  private final long part;

  KeyKind(long kind) {
    this(kind, NONE);
  }

  KeyKind(long kind, long part) {
    this.kind = kind;
    this.part = part;
  }

  /** Whether keys of this kind belong to one entity, and go with it. */
  public boolean isOfEntity() {
    return kind == ENTITY;
  }

  /** What every key of this kind begins with, if it belongs to no entity. */
  public byte[] prefix(String root) {
    return Tuple.from(kind).pack(root.getBytes(StandardCharsets.UTF_8));
  }

  /** What a key is for, or the begin of a range that is cleared. */
  public static KeyKind of(byte[] key, int rootLength) {
    Tuple tuple = tuple(key, rootLength);
    long kind = tuple.getLong(0);
    long part = kind == ENTITY ? tuple.getLong(3) : NONE;
    return Arrays.stream(values())
        .filter(each -> each.kind == kind && each.part == part)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The entity's id, of the key of an entity. */
  static String entityId(byte[] key, int rootLength) {
    return tuple(key, rootLength).getString(2);
  }

  public static Tuple tuple(byte[] key, int rootLength) {
    try {
      return Tuple.fromBytes(key, rootLength, key.length - rootLength);
    } catch (IllegalArgumentException e) {
      // "Behind a message", where a range begins, ends with a byte that no tuple has.
      return Tuple.fromBytes(key, rootLength, key.length - 1 - rootLength);
    }
  }
}
