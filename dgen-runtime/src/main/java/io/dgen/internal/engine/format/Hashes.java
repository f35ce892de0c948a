package io.dgen.internal.engine.format;

/**
 * A hash that is the same on every node and in every release: FNV-1a over the UTF-16 code units,
 * finished with the mixer of MurmurHash3, since FNV alone barely varies the low bits of short
 * texts.
 */
public final class Hashes {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Hashes() {}

  public static long of(String... parts) {
    long hash = FNV_OFFSET;
    for (String part : parts) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * FNV_PRIME;
      }
      // A separator that is not a code unit, so that ("a", "bc") and ("ab", "c") differ.
      hash = (hash ^ 0x10000) * FNV_PRIME;
    }
    return mix(hash);
  }

  public static long mix(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
