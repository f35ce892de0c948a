package io.dgen.store.foundationdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Where FoundationDB's client keeps the versionstamped keys of a transaction, and what it makes of
 * clears ({@code ReadYourWrites} and {@code WriteMap} of release 7.3).
 *
 * <p>It keeps such a key under the key that was given, offset included, with the read version in
 * the place of the stamp, or zeros as long as there is none. A clear that contains that key drops
 * it; at the commit those that are left come after all clears. A versionstamped key that is set
 * sends off what is kept within the range of its possible keys, and from then on that applies in
 * order.
 *
 * <p>The store beneath knows nothing of this. There a key that was dropped gets a mark for its
 * value, and the keys with that mark are cleared after the commit.
 */
final class StandInStamps {

  private static final int STAMP = 10;
  private static final int OFFSET = 4;

  private static final byte[] DROPPED = "dropped by the client".getBytes(UTF_8);

  private record Kept(byte[] template, byte[] value) {

    int offset() {
      return ByteBuffer.wrap(template)
          .order(ByteOrder.LITTLE_ENDIAN)
          .getInt(template.length - OFFSET);
    }

    byte[] place(byte[] stamp) {
      byte[] place = template.clone();
      System.arraycopy(stamp, 0, place, offset(), STAMP);
      return place;
    }

    byte[] key(byte[] stamp) {
      return Arrays.copyOf(place(stamp), template.length - OFFSET);
    }

    /** Whether a range contains every key that this may become. */
    boolean isWithin(byte[] begin, byte[] end, long readVersion) {
      return Arrays.compareUnsigned(begin, key(stamp(readVersion + 1))) <= 0
          && Arrays.compareUnsigned(key(last()), end) < 0;
    }
  }

  /** By the key under which the client keeps them. */
  private final NavigableMap<byte[], Kept> kept = new TreeMap<>(Arrays::compareUnsigned);

  /** What is dropped and has not been set again, by the key with zeros for a stamp. */
  private final NavigableMap<byte[], Kept> dropped = new TreeMap<>(Arrays::compareUnsigned);

  /** What each key was set to last, by the key with zeros for a stamp. */
  private final NavigableMap<byte[], Kept> newest = new TreeMap<>(Arrays::compareUnsigned);

  private boolean hasRead;

  synchronized void noteRead() {
    hasRead = true;
  }

  synchronized void reset() {
    kept.clear();
    dropped.clear();
    newest.clear();
    hasRead = false;
  }

  synchronized void set(Transaction transaction, byte[] template, byte[] value) {
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, template, value);
    Kept set = new Kept(template, value);
    byte[] stamp = stamp(readVersion(transaction));
    kept.subMap(set.key(stamp), true, Keys.after(set.key(last())), false).clear();
    kept.put(set.place(stamp), set);
    dropped.remove(set.key(stamp(0)));
    newest.put(set.key(stamp(0)), set);
  }

  synchronized void clear(Transaction transaction, byte[] begin, byte[] end, Runnable clear) {
    clear.run();
    if (kept.isEmpty() || Arrays.compareUnsigned(begin, end) >= 0) {
      return;
    }
    long readVersion = readVersion(transaction);
    List<Kept> gone = new ArrayList<>(kept.subMap(begin, true, end, false).values());
    kept.subMap(begin, true, end, false).clear();
    for (Kept each : gone) {
      if (!each.isWithin(begin, end, readVersion)) {
        transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, each.template, DROPPED);
        dropped.put(each.key(stamp(0)), each);
      }
    }
    for (Kept each : kept.values()) {
      if (each.isWithin(begin, end, readVersion)) {
        transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, each.template, each.value);
      }
    }
  }

  synchronized CompletableFuture<Void> commit(Transaction transaction, Store store) {
    // What is kept comes last, even if the same key was set again since and sent off.
    for (Kept each : kept.values()) {
      Kept last = newest.get(each.key(stamp(0)));
      if (last != null && !kept.containsValue(last)) {
        transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, each.template, each.value);
      }
    }
    if (dropped.isEmpty()) {
      return transaction.commit();
    }
    CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
    return transaction
        .commit()
        .thenCompose(done -> stamp)
        .thenAccept(
            bytes ->
                store.run(
                    cleaning -> {
                      dropped.values().forEach(each -> cleaning.clear(each.key(bytes)));
                      return true;
                    }));
  }

  private long readVersion(Transaction transaction) {
    return hasRead ? transaction.getReadVersion().join() : 0;
  }

  private static byte[] stamp(long version) {
    return ByteBuffer.allocate(STAMP).putLong(version).array();
  }

  private static byte[] last() {
    byte[] last = new byte[STAMP];
    Arrays.fill(last, (byte) 0xFF);
    return last;
  }
}
