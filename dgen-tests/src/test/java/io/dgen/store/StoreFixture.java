package io.dgen.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A store, a subspace that belongs to one test, and short names for what tests do with them. */
interface StoreFixture {

  /** The store under test. */
  Store store();

  /** The prefix of all keys of the test. */
  byte[] prefix();

  /** How long a key may be: less than 10,000 bytes where the store puts a prefix before it. */
  default int longestKey() {
    return 10_000;
  }

  /** A key of the test's subspace. */
  default byte[] key(String name) {
    return Keys.join(prefix(), name.getBytes(UTF_8));
  }

  /** The end of the test's subspace. */
  default byte[] end() {
    return Keys.prefixEnd(prefix());
  }

  static byte[] value(String text) {
    return text.getBytes(UTF_8);
  }

  /** Commits some keys, whose values are their names. */
  default void put(String... names) {
    store()
        .run(
            transaction -> {
              for (String name : names) {
                transaction.set(key(name), value(name));
              }
              return true;
            });
  }

  /** Commits a value. */
  default void put(String name, byte[] value) {
    store()
        .run(
            transaction -> {
              transaction.set(key(name), value);
              return true;
            });
  }

  /** The committed value of a key. */
  default byte @Nullable [] stored(String name) {
    return store().read(transaction -> transaction.get(key(name)).join());
  }

  /** The names of keys, without the prefix. */
  default List<String> names(List<KeyValue> pairs) {
    return pairs.stream().map(pair -> name(pair.key())).toList();
  }

  /** The name of a key, without the prefix; {@code <} or {@code >} for one outside. */
  default String name(byte[] key) {
    if (!Keys.startsWith(key, prefix())) {
      return Arrays.compareUnsigned(key, prefix()) < 0 ? "<" : ">";
    }
    return new String(key, prefix().length, key.length - prefix().length, UTF_8);
  }

  /** The names of a range, forward. */
  default List<String> range(ReadTransaction transaction, String begin, String end, int limit) {
    return names(transaction.getRange(key(begin), key(end), limit).join());
  }

  static byte[] littleEndian(long number) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
  }

  /** A template with ten bytes for a versionstamp between two others. */
  static byte[] stamped(byte[] before, byte[] after) {
    return ByteBuffer.allocate(before.length + 10 + after.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(before)
        .put(new byte[10])
        .put(after)
        .putInt(before.length)
        .array();
  }

  static void assertFails(CompletableFuture<?> future, StoreError error) {
    Throwable failure = catchThrowable(future::join);
    assertThat(failure).isInstanceOf(CompletionException.class);
    assertThat(cause(failure)).isInstanceOf(StoreException.class);
    assertThat(((StoreException) cause(failure)).error()).contains(error);
  }

  static void assertThrows(Runnable call, StoreError error) {
    Throwable failure = catchThrowable(call::run);
    assertThat(failure).isInstanceOf(StoreException.class);
    assertThat(((StoreException) failure).error()).contains(error);
  }

  /** What a future failed with. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
