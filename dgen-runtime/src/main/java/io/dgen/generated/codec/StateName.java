package io.dgen.generated.codec;

import com.apple.foundationdb.tuple.Tuple;

/** The name of a record component, as it stands in keys. Made once, as a constant. */
public final class StateName {

  private final byte[] bytes;
  private final byte[] firstChunk;

  private StateName(String name) {
    this.bytes = Tuple.from(name).pack();
    this.firstChunk = Tuple.from(name, 0).pack();
  }

  /**
   * Makes a name.
   *
   * @param name the component's name
   * @return its form in keys
   */
  public static StateName of(String name) {
    return new StateName(name);
  }

  /** The path element. Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * The path of the first chunk of a term with this name at the top of a state. Not to be changed.
   */
  byte[] firstChunk() {
    return firstChunk;
  }
}
