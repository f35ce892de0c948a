package io.dgen;

/** A node. */
public final class Dgen {

  private Dgen() {}
}
