package io.dgen.internal.store;

/** One write of a transaction, in the form that the commit takes. */
final class Mutation {

  /** The kind of a write. */
  enum Kind {
    SET,
    CLEAR,
    /** The parameter is the end of the range. */
    CLEAR_RANGE,
    ADD,
    STAMPED_KEY,
    STAMPED_VALUE
  }

  private static final byte[] NOTHING = {};

  final Kind kind;
  final byte[] key;
  final byte[] param;

  /** Whether a later write of the same transaction overrides this one. */
  private boolean dead;

  Mutation(Kind kind, byte[] key, byte[] param) {
    this.kind = kind;
    this.key = key;
    this.param = param;
  }

  static Mutation clear(byte[] key) {
    return new Mutation(Kind.CLEAR, key, NOTHING);
  }

  boolean isDead() {
    return dead;
  }

  void kill() {
    dead = true;
  }

  long size() {
    return (long) key.length + param.length;
  }
}
