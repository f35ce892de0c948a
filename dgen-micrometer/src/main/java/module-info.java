import org.jspecify.annotations.NullMarked;

/** Metrics for Micrometer. */
@NullMarked
@SuppressWarnings("requires-transitive-automatic") // Micrometer names its module in its manifest.
module io.dgen.micrometer {
  requires transitive io.dgen.runtime;
  requires transitive micrometer.core;

  exports io.dgen.micrometer;
}
