package io.dgen.tests.property;

import io.dgen.store.Keys;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Damages bytes, as a disk, a bug or an attacker would. */
final class Damage {

  /** Heads that mean something in CBOR or in a tuple, and lengths that nothing has. */
  private static final List<byte[]> HEADS =
      List.of(
          hex("f6"),
          hex("f7"),
          hex("ff"),
          hex("80"),
          hex("a0"),
          hex("9f"),
          hex("bf"),
          hex("5f"),
          hex("7f"),
          hex("00"),
          hex("00ff"),
          hex("05"),
          hex("0501"),
          hex("0502"),
          hex("14"),
          hex("30"),
          hex("c2"),
          hex("c3"),
          hex("c482"),
          hex("d825"),
          hex("d903e9"),
          hex("d903ea"),
          hex("d81900"),
          hex("d9010080"),
          hex("da0064676ef6"),
          hex("1bffffffffffffffff"),
          hex("3bffffffffffffffff"),
          hex("fa7fc00001"),
          hex("fb7ff8000000000001"),
          hex("f97e00"),
          hex("5a7fffffff"),
          hex("7a7fffffff"),
          hex("9a7fffffff"),
          hex("ba7fffffff"),
          hex("5a0003d000"),
          hex("7a0003d000"),
          hex("9a0003d000"),
          hex("ba0003d000"),
          hex("5b7fffffffffffffff"),
          hex("7b7fffffffffffffff"),
          hex("9b7fffffffffffffff"),
          hex("bb7fffffffffffffff"),
          hex("5affffffff"),
          hex("9affffffff"),
          hex("59ffff"),
          hex("79ffff"),
          hex("99ffff"),
          hex("b9ffff"));

  /** What is deep or costly in numbers: lists, maps, tags, nested tuples. */
  private static final byte[] FILLS = hex("819fa1bfc1c40500ff");

  private final Random random;

  Damage(Random random) {
    this.random = random;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** One to three kinds of damage; a part of the other bytes may be spliced in. */
  byte[] of(byte[] sound, byte[] other) {
    byte[] bytes = sound.clone();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      bytes = once(bytes, other);
    }
    return bytes;
  }

  private byte[] once(byte[] bytes, byte[] other) {
    if (bytes.length == 0) {
      return head();
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(9)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 1 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> Keys.join(bytes, part(other));
      case 4 -> replaced(bytes, at, random.nextInt(4), part(bytes));
      case 5 -> replaced(bytes, at, random.nextInt(8), part(other));
      case 6 -> replaced(bytes, at, random.nextInt(2), head());
      case 7 -> replaced(bytes, at, 1 + random.nextInt(8), new byte[0]);
      default -> replaced(bytes, at, random.nextInt(2), fill());
    };
  }

  private byte[] head() {
    return HEADS.get(random.nextInt(HEADS.size()));
  }

  private byte[] fill() {
    byte[] fill = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 2_000 : 12)];
    Arrays.fill(fill, FILLS[random.nextInt(FILLS.length)]);
    return fill;
  }

  private byte[] part(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    return Arrays.copyOfRange(bytes, from, from + 1 + random.nextInt(bytes.length - from));
  }

  private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
    int end = Math.min(bytes.length, at + length);
    return Keys.join(Arrays.copyOf(bytes, at), by, Arrays.copyOfRange(bytes, end, bytes.length));
  }
}
