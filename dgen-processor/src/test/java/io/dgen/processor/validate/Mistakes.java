package io.dgen.processor.validate;

import io.dgen.processor.Compile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/**
 * Wrong programs in {@code src/test/resources/mistakes}, with every error of two compilers.
 *
 * <p>A file has one program after another: a line {@code === name}, the source, {@code --- javac}
 * and what javac says, {@code --- eclipse} and what Eclipse says. What is no server yet becomes the
 * body of one; {@code ${RIGHT}} is a body without a mistake, and {@code ${STATE}}, {@code ${INIT}}
 * and {@code ${INCREMENT}} are its parts. Another class uses what is generated, unless the first
 * line says {@code // alone}: where an error is of the kind after which javac runs no processor,
 * nothing is generated. A line {@code >>> demo.Other} begins another source.
 */
final class Mistakes {

  static final Path DIRECTORY = Path.of("src/test/resources/mistakes");

  private static final String ALONE = "// alone\n";

  /**
   * A wrong program.
   *
   * @param file the file that has it
   * @param name what is wrong
   * @param source the source as it stands in the file
   * @param javac what javac says
   * @param eclipse what Eclipse says
   */
  record Mistake(
      String file, String name, String source, List<String> javac, List<String> eclipse) {

    /** Whether no class of its own uses what is generated. */
    boolean isAlone() {
      return source.startsWith(ALONE);
    }

    JavaFileObject[] sources() {
      List<JavaFileObject> sources = new ArrayList<>();
      String[] parts = source.replaceFirst("^" + ALONE, "").split("(?m)^>>> ");
      sources.add(Compile.source("demo.Counter", counter(parts[0])));
      for (String part : Arrays.asList(parts).subList(1, parts.length)) {
        int end = part.indexOf('\n');
        sources.add(Compile.source(part.substring(0, end), part.substring(end + 1)));
      }
      if (!isAlone()) {
        sources.add(
            Compile.source(
                "demo.user.User",
                """
                package demo.user;
                import demo.*;
                class User {
                  CounterClient client;
                  CounterMessage message;
                  CounterServer server;
                  void use(Counter counter) { server = CounterServer.of(counter); }
                }
                """));
      }
      return sources.toArray(JavaFileObject[]::new);
    }

    private static String counter(String part) {
      if (part.startsWith("package ")) {
        return part;
      }
      String body =
          part.replace("${RIGHT}", ErrorCases.RIGHT)
              .replace("${STATE}", ErrorCases.STATE)
              .replace("${INIT}", ErrorCases.INIT)
              .replace("${INCREMENT}", ErrorCases.INCREMENT);
      String head =
          "package demo;\nimport io.dgen.*;\nimport io.dgen.annotations.*;\nimport java.util.*;\n";
      return body.contains("@DistributedServer")
          ? head + body
          : head + "@DistributedServer\npublic interface Counter {\n" + body + "}\n";
    }

    Mistake saying(List<String> ofJavac, List<String> ofEclipse) {
      return new Mistake(file, name, source, ofJavac, ofEclipse);
    }

    String text() {
      return "=== "
          + name
          + "\n"
          + source
          + "--- javac\n"
          + lines(javac)
          + "--- eclipse\n"
          + lines(eclipse);
    }

    private static String lines(List<String> errors) {
      return errors.stream().map(it -> it + "\n").collect(Collectors.joining());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Mistakes() {}

  static List<Mistake> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().flatMap(it -> of(it).stream()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Mistake> of(Path file) {
    List<Mistake> mistakes = new ArrayList<>();
    for (String each : read(file).split("(?m)^=== ", -1)) {
      if (!each.isEmpty()) {
        int end = each.indexOf('\n');
        String[] parts = each.substring(end + 1).split("(?m)^--- (?:javac|eclipse)\n", -1);
        mistakes.add(
            new Mistake(
                file.getFileName().toString(),
                each.substring(0, end),
                parts[0],
                parts.length > 1 ? parts[1].lines().toList() : List.of(),
                parts.length > 2 ? parts[2].lines().toList() : List.of()));
      }
    }
    return mistakes;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Each diagnostic on one line. */
  static List<String> lines(List<String> diagnostics) {
    return diagnostics.stream()
        .map(it -> it.lines().map(String::strip).collect(Collectors.joining(" / ")))
        .toList();
  }
}
