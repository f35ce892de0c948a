package io.dgen.processor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/** The interfaces under {@code src/test/resources/samples}. */
public final class Samples {

  public static final String COUNTER = "Counter";
  public static final String DRAWING = "Drawing";
  public static final String TOWN = "Town";
  public static final String SHOP = "Shop";
  public static final String DEPOT = "Depot";
  public static final String ORDER = "Order";

  private Samples() {}

  /** A sample, to compile. */
  public static JavaFileObject source(String name) {
    return Compile.source("sample." + name, text(name));
  }

  /** What a sample needs beside itself: the servers that it asks. */
  public static List<JavaFileObject> others(String name) {
    return name.equals(ORDER)
        ? List.of(source(SHOP), Compile.source("sample.depot.Stock", text("depot/Stock")))
        : List.of();
  }

  /** A sample with what it needs, to compile. */
  public static JavaFileObject[] sources(String name) {
    return Stream.concat(Stream.of(source(name)), others(name).stream())
        .toArray(JavaFileObject[]::new);
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
