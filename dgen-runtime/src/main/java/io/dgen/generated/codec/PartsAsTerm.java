package io.dgen.generated.codec;

import io.dgen.generated.codec.KeyElements.Kind;
import io.dgen.internal.term.CborTermReader;
import io.dgen.internal.term.GrowingBytes;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Converts a value that is stored by its parts to a term, so that it can still be read after its
 * encoding has changed: components and entries become a CBOR map, items an array.
 */
final class PartsAsTerm {

  private static final int TEXT = 0x60;
  private static final int ARRAY = 0x9F;
  private static final int MAP = 0xBF;
  private static final int BREAK = 0xFF;

  private final List<KeyValue> pairs;
  private final GrowingBytes out = new GrowingBytes();

  private PartsAsTerm(List<KeyValue> pairs) {
    this.pairs = pairs;
  }

  /**
   * Returns the term.
   *
   * @param pairs all that is stored below a path, at least one
   * @param pathEnd where the path ends in each key
   * @throws IllegalArgumentException if no codec writes such pairs; the message says why
   */
  static byte[] of(List<KeyValue> pairs, int pathEnd) {
    PartsAsTerm maker = new PartsAsTerm(pairs);
    maker.append(0, pairs.size(), pathEnd, 1);
    return maker.out.copy(0, maker.out.length());
  }

  private void append(int from, int to, int pathEnd, int depth) {
    Kind kind = KeyElements.kind(pairs.get(from).key(), pathEnd);
    if (depth > Terms.MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + Terms.MAX_DEPTH);
    }
    if (kind == Kind.CHUNK || kind == Kind.NONE) {
      appendTerm(from, to, pathEnd);
      return;
    }
    out.write(kind == Kind.ITEM ? ARRAY : MAP);
    int at = from;
    while (at < to) {
      byte[] key = pairs.get(at).key();
      int end = KeyElements.kind(key, pathEnd) == kind ? KeyElements.end(key, pathEnd) : -1;
      if (end < 0) {
        throw new IllegalArgumentException("parts of several kinds are stored at one path");
      }
      int next = at + 1;
      while (next < to && isSamePart(pairs.get(next).key(), key, end)) {
        next++;
      }
      if (kind == Kind.NAME) {
        appendText(KeyElements.name(key, pathEnd, end));
      } else if (kind == Kind.ENTRY) {
        appendText(KeyElements.nested(key, pathEnd, end).get(0).toString());
      }
      append(at, next, end, depth + 1);
      at = next;
    }
    out.write(BREAK);
  }

  private static boolean isSamePart(byte[] key, byte[] first, int end) {
    return key.length >= end && Arrays.equals(key, 0, end, first, 0, end);
  }

  private void appendTerm(int from, int to, int pathEnd) {
    int start = out.length();
    for (int i = from; i < to; i++) {
      if (KeyElements.chunk(pairs.get(i).key(), pathEnd) != i - from) {
        throw new IllegalArgumentException("the chunks of a part are not complete");
      }
      byte[] chunk = pairs.get(i).value();
      out.write(chunk, 0, chunk.length);
    }
    try (CborTermReader in = new CborTermReader(out.copy(start, out.length()))) {
      in.skip();
      in.end();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("a part is not one term", e);
    }
  }

  private void appendText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 24) {
      out.write(TEXT + bytes.length);
    } else {
      out.write(TEXT + 25);
      out.write(
          bytes.length >> 8); // No key, and so no element of one, is longer than 16 bits can say.
      out.write(bytes.length);
    }
    out.write(bytes, 0, bytes.length);
  }
}
