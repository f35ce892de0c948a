package io.dgen.internal.engine;

import io.dgen.Context;
import io.dgen.spi.Environment;
import java.time.Instant;

/** The context of one callback. */
record CallbackContext(Activations.Address address, int attempt, Environment environment)
    implements Context {

  @Override
  public String server() {
    return address.server();
  }

  @Override
  public String id() {
    return address.id();
  }

  @Override
  public Instant now() {
    return environment.now();
  }
}
