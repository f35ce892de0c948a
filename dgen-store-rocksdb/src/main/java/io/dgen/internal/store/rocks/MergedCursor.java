package io.dgen.internal.store.rocks;

import io.dgen.internal.overlay.StorageCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Iterates over two cursors with the same bounds and direction, and no key in common, as one. */
final class MergedCursor implements StorageCursor {

  private final StorageCursor one;
  private final StorageCursor other;
  private final boolean reverse;

  /** The keys that the cursors are at; null after the last one. */
  private byte @Nullable [] keyOfOne;

  private byte @Nullable [] keyOfOther;

  /** Takes over both cursors, and closes them even if they cannot be read. */
  MergedCursor(StorageCursor one, StorageCursor other, boolean reverse) {
    this.one = one;
    this.other = other;
    this.reverse = reverse;
    try {
      keyOfOne = keyOf(one);
      keyOfOther = keyOf(other);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static byte @Nullable [] keyOf(StorageCursor cursor) {
    return cursor.isValid() ? cursor.key() : null;
  }

  @Override
  public boolean isValid() {
    return keyOfOne != null || keyOfOther != null;
  }

  private boolean isAtOne() {
    if (keyOfOne == null || keyOfOther == null) {
      return keyOfOne != null;
    }
    return Arrays.compareUnsigned(keyOfOne, keyOfOther) < 0 != reverse;
  }

  private StorageCursor current() {
    return isAtOne() ? one : other;
  }

  @Override
  public byte[] key() {
    return current().key();
  }

  @Override
  public byte[] value() {
    return current().value();
  }

  @Override
  public void next() {
    if (isAtOne()) {
      one.next();
      keyOfOne = keyOf(one);
    } else {
      other.next();
      keyOfOther = keyOf(other);
    }
  }

  @Override
  public void skipTo(byte[] bound) {
    one.skipTo(bound);
    keyOfOne = keyOf(one);
    other.skipTo(bound);
    keyOfOther = keyOf(other);
  }

  @Override
  public void close() {
    try (one) {
      other.close();
    }
  }
}
