package io.dgen.processor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.tools.JavaFileObject;

/** The interfaces under {@code src/test/resources/samples}. */
public final class Samples {

  public static final String COUNTER = "Counter";
  public static final String DRAWING = "Drawing";
  public static final String TOWN = "Town";
  public static final String SHOP = "Shop";
  public static final String DEPOT = "Depot";

  private Samples() {}

  /** A sample, to compile. */
  public static JavaFileObject source(String name) {
    return Compile.source("sample." + name, text(name));
  }

  /** The text of a sample. */
  public static String text(String name) {
    String path = "/samples/" + name + ".java";
    try (InputStream in = Samples.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
