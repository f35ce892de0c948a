package io.dgen.internal.engine.tx;

import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves rows that no version of dgen can read out of the way of readable ones, as part of one
 * transaction: they are kept unchanged under a prefix of their own, for inspection. The transaction
 * may be repeated.
 */
public final class SetAside {

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  /** Far less than the limit of a transaction. */
  private static final int MAX_BYTES = 2_000_000;

  private final KeyLayout layout;
  private final List<byte[]> keys = new ArrayList<>(0);
  private String problem = "";

  private long bytes;

  public SetAside(KeyLayout layout) {
    this.layout = layout;
  }

  /**
   * Moves rows away; not all of them if they are very large: the rest is found damaged again.
   *
   * @param what the problem with them, for the log
   */
  public void add(Transaction transaction, List<KeyValue> rows, String what) {
    for (KeyValue row : rows) {
      if (bytes > MAX_BYTES) {
        return;
      }
      bytes += row.value().length;
      byte[] kept = layout.damagedKey(row.key());
      transaction.set(kept, row.value());
      transaction.clear(row.key());
      if (keys.isEmpty()) {
        problem = what;
      }
      keys.add(kept);
    }
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Logs which rows were moved, once that has committed. */
  public void report() {
    if (!keys.isEmpty()) {
      LOG.error(
          "damaged rows were set aside, since no version can read them: {}. The first of them, {},"
              + " is kept under the key {}",
          keys.size(),
          problem,
          Keys.printable(keys.getFirst()));
    }
  }
}
