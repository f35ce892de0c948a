import org.jspecify.annotations.NullMarked;

/** Metrics for Micrometer. */
@NullMarked
module io.dgen.micrometer {
  requires transitive io.dgen.runtime;
  requires transitive micrometer.core;

  exports io.dgen.micrometer;
}
