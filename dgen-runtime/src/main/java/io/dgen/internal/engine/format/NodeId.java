package io.dgen.internal.engine.format;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The id of a node: of one open {@code Dgen}. Drawn afresh at each open, so that no two runs share
 * one.
 */
public record NodeId(UUID value) implements Comparable<NodeId> {

  public static NodeId random(RandomGenerator random) {
    return new NodeId(new UUID(random.nextLong(), random.nextLong()));
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
