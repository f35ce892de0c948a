package io.dgen.generated.codec;

import com.apple.foundationdb.tuple.Tuple;

/** The name of a record component in the form used in keys. Created once, as a constant. */
public final class StateName {

  private final byte[] bytes;
  private final byte[] firstChunk;

  private StateName(String name) {
    this.bytes = Tuple.from(name).pack();
    this.firstChunk = Tuple.from(name, 0).pack();
  }

  /**
   * Creates a name.
   *
   * @param name the component's name
   * @return its form in keys
   */
  public static StateName of(String name) {
    return new StateName(name);
  }

  /** Returns the path element. The caller must not change it. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Returns the path of the first chunk of a term with this name at the top of a state. The caller
   * must not change it.
   */
  byte[] firstChunk() {
    return firstChunk;
  }
}
