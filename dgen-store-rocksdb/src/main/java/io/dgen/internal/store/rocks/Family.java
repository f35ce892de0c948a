package io.dgen.internal.store.rocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The RocksDB column families. The family of a key follows from the key alone, and is part of the
 * format of a store.
 *
 * <p>Keys that are soon cleared, and are found by iterating over a range, are separate from lasting
 * ones: deleted keys slow an iteration down until they are compacted away, which is cheap if
 * nothing else has to be rewritten with them. {@code docs/decisions/0002-rocksdb.md} has the
 * figures.
 */
enum Family {
  /** States, queues, and whatever else is read at a known place. */
  LASTING("default"),

  /** The engine's ready keys, delayed messages, replies and expiry keys. */
  PASSING("passing");

  private static final List<Family> BOTH = List.of(values());

  /** The code of FoundationDB's tuple layer for an integer of one byte. */
  private static final int ONE_BYTE_INTEGER = 0x15;

  /** The first character of a text that is not a control character. */
  private static final int FIRST_PRINTABLE = 0x20;

  private final String familyName;

  Family(String familyName) {
    this.familyName = familyName;
  }

  /** Returns RocksDB's name of the family. */
  byte[] familyName() {
    return familyName.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the family of a key. */
  static Family of(byte[] key) {
    return ofPrefix(key, key.length) == PASSING ? PASSING : LASTING;
  }

  /** Returns the families that keys of a range may be in. */
  static List<Family> of(byte[] begin, byte[] end) {
    int common = Arrays.mismatch(begin, end);
    if (common < 0) {
      common = begin.length; // The range is empty.
    } else if (common < begin.length
        && end.length == common + 1
        && Byte.toUnsignedInt(begin[common]) + 1 == Byte.toUnsignedInt(end[common])) {
      common++; // The end is the end of the range of keys with a prefix.
    }
    Family family = ofPrefix(begin, common);
    return family == null ? BOTH : List.of(family);
  }

  /**
   * Returns the family of all keys that begin with a prefix; null if the prefix does not determine
   * it.
   *
   * <p>The engine's keys are a text, its root, followed by a tuple: the first byte that cannot be
   * part of the text is the code of the tuple's first element, which determines the kind of key.
   */
  private static @Nullable Family ofPrefix(byte[] key, int length) {
    for (int i = 0; i < length; i++) {
      int code = Byte.toUnsignedInt(key[i]);
      if (code == ONE_BYTE_INTEGER) {
        return i + 1 < length ? ofElement(key[i + 1]) : null;
      }
      if (code < FIRST_PRINTABLE) {
        return LASTING;
      }
    }
    return null;
  }

  private static Family ofElement(byte element) {
    return switch (element) {
      case 1, 3, 4, 8 -> PASSING;
      default -> LASTING;
    };
  }
}
