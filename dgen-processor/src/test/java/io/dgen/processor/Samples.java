package io.dgen.processor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.tools.JavaFileObject;

/** The interfaces under {@code src/test/resources/samples}. */
final class Samples {

  static final String COUNTER = "Counter";
  static final String DRAWING = "Drawing";
  static final String TOWN = "Town";
  static final String SHOP = "Shop";

  private Samples() {}

  static JavaFileObject source(String name) {
    String path = "/samples/" + name + ".java";
    try (InputStream in = Samples.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + path);
      }
      return Compile.source(
          "sample." + name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
