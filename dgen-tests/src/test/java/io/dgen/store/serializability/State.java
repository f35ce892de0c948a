package io.dgen.store.serializability;

import io.dgen.store.KeySelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All keys and values at one version, read in the plainest way. */
final class State {

  private static final HexFormat HEX = HexFormat.of();
  private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);

  State copy() {
    State copy = new State();
    copy.rows.putAll(rows);
    return copy;
  }

  void apply(Write write, byte[] stamp) {
    switch (write.kind()) {
      case SET -> rows.put(write.key(), write.param());
      case CLEAR -> rows.remove(write.key());
      case CLEAR_RANGE -> rows.subMap(write.key(), write.param()).clear();
      case ADD -> {
        byte[] old = rows.get(write.key());
        rows.put(write.key(), new byte[] {(byte) ((old == null ? 0 : old[0]) + write.param()[0])});
      }
      case STAMPED_KEY -> rows.put(placed(write.key(), stamp), write.param());
      case STAMPED_VALUE -> rows.put(write.key(), placed(write.param(), stamp));
    }
  }

  /** The bytes with a stamp in the place that their last four bytes name. */
  private static byte[] placed(byte[] template, byte[] stamp) {
    byte[] placed = Arrays.copyOf(template, template.length - 4);
    System.arraycopy(stamp, 0, placed, template[template.length - 4], stamp.length);
    return placed;
  }

  byte @Nullable [] get(byte[] key) {
    return rows.get(key);
  }

  /** What a read gives, as text. */
  String answer(Read read) {
    return switch (read.kind()) {
      case GET -> text(rows.get(read.begin().key()));
      case GET_KEY -> text(key(read.begin()));
      case GET_RANGE -> range(read);
    };
  }

  private String range(Read read) {
    byte[] begin = key(read.begin());
    byte[] end = key(read.end());
    if (Arrays.compareUnsigned(begin, end) >= 0) {
      return "";
    }
    List<byte[]> keys = new ArrayList<>(rows.subMap(begin, end).keySet());
    if (read.reverse()) {
      Collections.reverse(keys);
    }
    StringBuilder text = new StringBuilder();
    for (byte[] key : keys.subList(0, Math.min(keys.size(), limit(read)))) {
      row(text, key, rows.get(key));
    }
    return text.toString();
  }

  private static int limit(Read read) {
    return read.limit() == 0 ? Integer.MAX_VALUE : read.limit();
  }

  static void row(StringBuilder text, byte[] key, byte @Nullable [] value) {
    text.append(text(key)).append('=').append(text(value)).append(' ');
  }

  private byte[] key(KeySelector selector) {
    List<byte[]> keys = List.copyOf(rows.keySet());
    int index = rows.headMap(selector.key(), selector.orEqual()).size() - 1 + selector.offset();
    if (index < 0) {
      return new byte[] {};
    }
    return index < keys.size() ? keys.get(index) : new byte[] {(byte) 0xFF};
  }

  static String text(byte @Nullable [] bytes) {
    return bytes == null ? "-" : HEX.formatHex(bytes);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    rows.forEach((key, value) -> row(text, key, value));
    return text.toString();
  }
}
