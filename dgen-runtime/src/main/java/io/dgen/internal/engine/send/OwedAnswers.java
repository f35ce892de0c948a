package io.dgen.internal.engine.send;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Ask;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.FlatTuple;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import java.util.Arrays;
import java.util.Objects;

/**
 * The answers that an entity owes others: it was asked, has deferred its reply, and its message is
 * done. The row is what is left of the message; it is cleared with the answer. If the entity is
 * killed, the kill answers in its place: each row begins with the versionstamp of its commit, so
 * that those from before the kill are known.
 */
public final class OwedAnswers {

  private static final int STAMP = 10;

  private OwedAnswers() {}

  static void write(Transaction transaction, EntityKeys keys, Ask ask) {
    byte[] value =
        Keys.join(new byte[STAMP], Tuple.from(ask.asker().server(), ask.asker().id()).pack());
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_VALUE,
        keys.owed(ask.number()),
        KeyLayout.withOffset(value, 0));
  }

  /**
   * Returns the ask that a row is about.
   *
   * @throws CodecException if the row is damaged
   */
  public static Ask read(EntityKeys keys, Address asked, KeyValue row) {
    try {
      byte[] key = row.key();
      int prefix = keys.owed().length;
      Tuple asker = FlatTuple.decode(row.value(), STAMP, row.value().length - STAMP);
      return new Ask(
          new Address(asker.getString(0), asker.getString(1)),
          Objects.requireNonNull(Tuple.fromBytes(key, prefix, key.length - prefix).getUUID(0)),
          asked);
    } catch (RuntimeException e) {
      throw new CodecException("an answer that " + asked + " owes is damaged: " + e, e);
    }
  }

  /** Returns whether a row was written by a transaction before the one with a versionstamp. */
  public static boolean isBefore(KeyValue row, byte[] stamp) {
    return Arrays.compareUnsigned(row.value(), 0, STAMP, stamp, 0, STAMP) < 0;
  }
}
