package io.dgen.tests.harness;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.time.Instant;

/** Another environment, but for the clock on the wall, which is ahead of its, or behind. */
public final class SkewedEnvironment extends ForwardingEnvironment {

  private final Duration ahead;

  public SkewedEnvironment(Environment environment, Duration ahead) {
    super(environment);
    this.ahead = ahead;
  }

  @Override
  public Instant now() {
    return super.now().plus(ahead);
  }
}
