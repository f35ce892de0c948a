package io.dgen.tests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A patch that breaks one rule, and the test that must find it.
 *
 * @param file the patch
 * @param rule which rule it breaks
 * @param proof the test
 * @param sources what it changes, seen from the root of the repository
 */
record PlantedFault(Path file, String rule, Proof proof, List<Path> sources) {

  /** The most seeds that a proof may take: one that needs more is too weak. */
  private static final int MOST_SEEDS = 100;

  private static final Pattern HEADER = Pattern.compile("(?m)^(Rule|Test|Seeds): (.+)$");
  private static final Pattern SOURCE = Pattern.compile("(?m)^\\+\\+\\+ b/(\\S+)");

  /**
   * A test, and over how many seeds it runs.
   *
   * @param test a class, or a class and a method behind a {@code #}
   * @param seeds "property=count": the system property that sets how many seeds the test takes
   */
  record Proof(String test, String seeds) {

    Proof {
      int count = count(seeds);
      if (count < 1 || count > MOST_SEEDS) {
        throw new IllegalArgumentException(
            "a fault must be found within 1 to " + MOST_SEEDS + " seeds; found " + seeds);
      }
    }

    private static int count(String seeds) {
      return Integer.parseInt(seeds.substring(seeds.indexOf('=') + 1));
    }

    /** Of two proofs by the same test the one with more seeds, which runs all of the other. */
    static Proof longer(Proof one, Proof other) {
      return count(one.seeds) >= count(other.seeds) ? one : other;
    }

    @Override
    public String toString() {
      return test.substring(test.lastIndexOf('.') + 1) + " with " + seeds;
    }
  }

  static PlantedFault read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
    List<Path> sources =
        SOURCE.matcher(text).results().map(each -> Path.of(each.group(1))).toList();
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(file + " changes nothing");
    }
    Proof proof = new Proof(header(file, text, "Test"), header(file, text, "Seeds"));
    return new PlantedFault(file, header(file, text, "Rule"), proof, sources);
  }

  private static String header(Path file, String text, String name) {
    Matcher matcher = HEADER.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return matcher.group(2).strip();
      }
    }
    throw new IllegalArgumentException(file + " has no line \"" + name + ": ...\"");
  }

  /** All that are kept in a directory. */
  static List<PlantedFault> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".patch"))
          .sorted()
          .map(PlantedFault::read)
          .toList();
    }
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
