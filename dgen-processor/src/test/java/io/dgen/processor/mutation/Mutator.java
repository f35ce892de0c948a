package io.dgen.processor.mutation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes mistakes in a source, as people do and as nobody would. A seed makes the same ones again.
 */
final class Mutator {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|[\\p{L}_$][\\p{L}\\d_$]*|\\d+L?|\\.\\.\\.|->|//.*"
              + "|/\\*(?s:.*?)\\*/|.",
          Pattern.DOTALL);

  private static final List<String> TYPES =
      List.of(
          "int",
          "void",
          "long[]",
          "String",
          "Object",
          "Nope",
          "List<Nope>",
          "List",
          "List<?>",
          "Map<String, String>",
          "Context",
          "CounterClient",
          "State",
          "java.util.Date",
          "Class<?>",
          "Cast",
          "Call<Long>",
          "Info",
          "Query<Long>",
          "Comparable<String>",
          "io.dgen.From<Long>",
          "io.dgen.Answer<Long>",
          "io.dgen.Answer<Boolean>",
          "Pair<Integer, String>",
          "Pair<Object, String>",
          "Integer...");

  private static final List<String> NAMES =
      List.of(
          "Object",
          "String",
          "Override",
          "Record",
          "Call",
          "Cast",
          "Info",
          "Query",
          "Answer",
          "StockReserve",
          "Message",
          "Messages",
          "State",
          "Client",
          "Generated",
          "Delayed",
          "Batch",
          "InTransaction",
          "List",
          "Map",
          "Optional",
          "TermCodecs",
          "Results",
          "Invocation",
          "Context",
          "Dgen",
          "io",
          "java",
          "id",
          "entity",
          "wait",
          "toString",
          "value",
          "of",
          "in",
          "out",
          "ref",
          "message",
          "it",
          "callbacks",
          "INSTANCE",
          "SCHEMA",
          "MESSAGES",
          "init",
          "handle",
          "clone",
          "record",
          "sealed",
          "permits",
          "Nope",
          "EMPTY",
          "CompletableFuture",
          "Void",
          "DelayedMessage");

  private static final List<String> VALUES =
      List.of(
          "null",
          "3",
          "NOPE",
          "{\"a\", NOPE}",
          "\"\"",
          "\"class\"",
          "String.class",
          "int.class",
          "Nope.class",
          "{}",
          "\"a\" + \"b\"",
          "Nope.X",
          "\"x()\"",
          "'c'",
          "Object[].class",
          "{\"a\", \"a\"}",
          "(String) null",
          "@Deprecated");

  private static final List<String> ANNOTATIONS =
      List.of(
          "@io.dgen.annotations.Term ",
          "@io.dgen.annotations.Id ",
          "@io.dgen.annotations.Default(\"1\") ",
          "@io.dgen.annotations.Default(\"none()\") ",
          "@io.dgen.annotations.Renamed(\"old\") ",
          "@io.dgen.annotations.UseCodec(String.class) ",
          "@io.dgen.annotations.UseCodec(Nope.class) ",
          "@io.dgen.annotations.ClientName(\"other\") ",
          "@io.dgen.annotations.DistributedServer ",
          "@Deprecated ");

  private static final List<String> CALLBACKS =
      List.of(
          "init",
          "handleCall",
          "handleCast",
          "handleInfo",
          "handleLocked",
          "handleDeadLetter",
          "handleAnswer",
          "handelCast",
          "handle");

  private static final List<String> MODIFIERS =
      List.of(
          "default", "static", "private", "public", "sealed", "final", "abstract", "non-sealed");

  private static final List<String> KINDS =
      List.of("record", "class", "interface", "enum", "@interface");

  private final SplittableRandom random;
  private final List<String> tokens = new ArrayList<>();

  private Mutator(String source, long seed) {
    this.random = new SplittableRandom(seed);
    TOKEN.matcher(source).results().map(MatchResult::group).forEach(tokens::add);
  }

  /** A source with a mistake or two. */
  static String mutate(String source, long seed) {
    Mutator mutator = new Mutator(source, seed);
    for (int i = 0, count = 1 + mutator.random.nextInt(3) / 2; i < count; i++) {
      mutator.mutate();
    }
    return String.join("", mutator.tokens);
  }

  private void mutate() {
    switch (random.nextInt(30)) {
      case 0 -> Collections.swap(tokens, any(Mutator::isWord), any(Mutator::isWord));
      case 1 -> tokens.remove(any(it -> !it.isBlank()));
      case 2 -> tokens.add(any(Mutator::isDeclared), pick(MODIFIERS) + " ");
      case 3 -> tokens.set(any(MODIFIERS::contains), pick(MODIFIERS));
      case 4 -> tokens.remove(any(MODIFIERS::contains));
      case 5, 6, 7 -> tokens.set(any(Mutator::isType), tokens.get(any(Mutator::isType)));
      case 8, 9, 10 -> tokens.set(any(Mutator::isType), pick(TYPES));
      case 11 -> Collections.swap(tokens, any(Mutator::isType), any(Mutator::isType));
      case 12, 13 -> replaceAll(tokens.get(any(Mutator::isWord)), pick(NAMES));
      case 14, 15 -> replaceAll(tokens.get(any(Mutator::isType)), pick(NAMES));
      case 16, 17 -> tokens.set(any(CALLBACKS::contains), pick(CALLBACKS));
      case 18, 19, 20 -> value();
      case 21, 22, 23 -> tokens.add(any(Mutator::isDeclared), pick(ANNOTATIONS));
      case 24, 25 -> tokens.set(any(KINDS::contains), pick(KINDS));
      case 26, 27 -> line(true);
      default -> line(false);
    }
  }

  /** What begins a declaration in these sources. */
  private static boolean isDeclared(String token) {
    return KINDS.contains(token) || token.equals("default") || token.equals("long");
  }

  private static boolean isWord(String token) {
    return Character.isJavaIdentifierStart(token.charAt(0));
  }

  private static boolean isType(String token) {
    return Character.isUpperCase(token.charAt(0));
  }

  private String pick(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A token of a kind; imports and the package are left alone. */
  private int any(Predicate<String> is) {
    int from = tokens.lastIndexOf("import") + 1;
    List<Integer> found = new ArrayList<>();
    for (int i = from; i < tokens.size(); i++) {
      if (is.test(tokens.get(i))) {
        found.add(i);
      }
    }
    return found.isEmpty() ? from : found.get(random.nextInt(found.size()));
  }

  private void replaceAll(String name, String other) {
    int from = tokens.lastIndexOf("import") + 1;
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).equals(name)) {
        tokens.set(i, other);
      }
    }
  }

  /** Another value in an annotation, or one where there was none. */
  private void value() {
    int at = any("@"::equals);
    if (tokens.get(at + 1).equals("interface")) {
      return;
    }
    int open = at;
    while (open < tokens.size() - 1 && (open == at || tokens.get(open).matches("[\\w.]+"))) {
      open++;
    }
    if (!tokens.get(open).equals("(")) {
      tokens.add(open, "(" + pick(VALUES) + ")");
      return;
    }
    int close = open;
    while (!tokens.get(close).equals(")") && close < tokens.size() - 1) {
      close++;
    }
    tokens.subList(open + 1, close).clear();
    tokens.add(open + 1, pick(VALUES));
  }

  /** A line is lost, or there twice. */
  private void line(boolean isTwice) {
    int at = any(it -> it.contains("\n"));
    int end = at + 1;
    while (end < tokens.size() && !tokens.get(end).contains("\n")) {
      end++;
    }
    List<String> line = List.copyOf(tokens.subList(at, end));
    if (isTwice) {
      tokens.addAll(end, line);
    } else {
      tokens.subList(at, end).clear();
    }
  }
}
