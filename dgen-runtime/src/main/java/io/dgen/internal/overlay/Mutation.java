package io.dgen.internal.overlay;

/** One write of a transaction, in the form that the commit takes. */
public final class Mutation {

  /** The kind of a write. */
  public enum Kind {
    SET,
    CLEAR,
    /** The parameter is the end of the range. */
    CLEAR_RANGE,
    ADD,
    STAMPED_KEY,
    STAMPED_VALUE
  }

  private static final byte[] NOTHING = {};

  public final Kind kind;
  public final byte[] key;
  public final byte[] param;

  /** Whether a later write of the same transaction overrides this one. */
  private boolean dead;

  public Mutation(Kind kind, byte[] key, byte[] param) {
    this.kind = kind;
    this.key = key;
    this.param = param;
  }

  public static Mutation clear(byte[] key) {
    return new Mutation(Kind.CLEAR, key, NOTHING);
  }

  public boolean isDead() {
    return dead;
  }

  public void kill() {
    dead = true;
  }

  public long size() {
    return (long) key.length + param.length;
  }
}
