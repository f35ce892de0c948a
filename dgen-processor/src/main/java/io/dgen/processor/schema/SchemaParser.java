package io.dgen.processor.schema;

import io.dgen.processor.schema.Schema.Declared;
import io.dgen.processor.schema.Schema.EnumType;
import io.dgen.processor.schema.Schema.Member;
import io.dgen.processor.schema.Schema.Message;
import io.dgen.processor.schema.Schema.RecordType;
import io.dgen.processor.schema.Schema.SealedType;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of a schema file, line by line. */
final class SchemaParser {

  /** A line that is not what it should be. */
  static final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    Malformed(int line, String problem) {
      super(problem);
      this.line = line;
    }

    /** Returns the number of the line, from 1. */
    int line() {
      return line;
    }
  }

  private static final String NAME = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
  private static final String FORMER = "(?: was (" + NAME + "(?:, " + NAME + ")*))?";
  private static final Pattern MESSAGE =
      Pattern.compile("(call|cast|info|query) (" + NAME + "): (.+?)(?: -> (.+?))?" + FORMER);

  /** The name of the server that is asked may be any text; that of a type has no colon. */
  private static final Pattern ANSWER =
      Pattern.compile("(answer) (.+[.]" + NAME + "): ([^:]+?)(?: -> ([^:]+?))?" + FORMER);

  private static final Pattern STEP = Pattern.compile("step (" + NAME + ") -> (.+?)" + FORMER);
  private static final Pattern MEMBER = Pattern.compile("  ([\\w$.\\P{ASCII}]+): (.+?)" + FORMER);
  private static final Pattern CONSTANT = Pattern.compile("  (" + NAME + ")" + FORMER);
  private static final Pattern RESERVED = Pattern.compile("  reserved (" + NAME + ")");

  private final List<String> lines;
  private int at;
  private final SortedMap<String, Message> messages = new TreeMap<>();
  private final SortedMap<String, Declared> types = new TreeMap<>();

  private SchemaParser(String text) {
    this.lines = text.lines().toList();
  }

  /**
   * Reads a file.
   *
   * @throws Malformed if it is not what {@link SchemaText} writes
   */
  static Schema parse(String text) throws Malformed {
    return new SchemaParser(text).schema();
  }

  private Schema schema() throws Malformed {
    int format = number(value("format"));
    if (format != SchemaText.FORMAT) {
      at--;
      throw problem("format " + format + ", which this version of dgen does not read");
    }
    String server = value("server");
    int version = number(value("version"));
    TypeText state = type(value("state"));
    skipBlank();
    while (at < lines.size()) {
      String line = lines.get(at);
      Matcher message = (line.startsWith("answer ") ? ANSWER : MESSAGE).matcher(line);
      Matcher step = STEP.matcher(line);
      if (message.matches()) {
        addMessage(message);
      } else if (step.matches()) {
        add(
            step.group(1),
            new Message(
                Schema.STEP,
                type(step.group(1)),
                Optional.of(type(step.group(2))),
                names(step.group(3))));
      } else if (line.startsWith("record ")) {
        addType(line.substring(7), record());
      } else if (line.startsWith("enum ")) {
        addType(line.substring(5), constants());
      } else if (line.startsWith("sealed ")) {
        addType(line.substring(7), new SealedType(members(new TreeSet<>())));
      } else {
        throw problem("\"" + line + "\"");
      }
      skipBlank();
    }
    Schema schema = new Schema(server, version, state, messages, types);
    checkTypes(schema);
    return schema;
  }

  private void addMessage(Matcher message) throws Malformed {
    String reply = message.group(4);
    boolean isAnswer = message.group(1).equals(Message.ANSWER);
    String server = isAnswer ? Schema.asked(message.group(2)) : "";
    add(
        message.group(2),
        new Message(
            message.group(1),
            type(message.group(3)),
            reply == null ? Optional.empty() : Optional.of(type(reply)),
            names(message.group(5)).stream().map(server::concat).toList()));
  }

  private void add(String name, Message message) throws Malformed {
    if (messages.put(name, message) != null) {
      throw problem(
          "a second " + (message.kind().equals(Schema.STEP) ? "step " : "message ") + name);
    }
    at++;
  }

  private void addType(String name, Declared type) throws Malformed {
    if (types.put(name, type) != null) {
      throw problem("a second type " + name + " before this line");
    }
  }

  private RecordType record() throws Malformed {
    SortedSet<String> reserved = new TreeSet<>();
    return new RecordType(members(reserved), reserved);
  }

  private SortedMap<String, Member> members(SortedSet<String> reserved) throws Malformed {
    SortedMap<String, Member> members = new TreeMap<>();
    for (at++; isIndented(); at++) {
      Matcher old = RESERVED.matcher(lines.get(at));
      if (old.matches()) {
        reserved.add(old.group(1));
        continue;
      }
      Matcher member = MEMBER.matcher(lines.get(at));
      if (!member.matches()
          || members.put(member.group(1), new Member(type(member.group(2)), names(member.group(3))))
              != null) {
        throw problem("\"" + lines.get(at) + "\"");
      }
    }
    return members;
  }

  private EnumType constants() throws Malformed {
    SortedMap<String, List<String>> constants = new TreeMap<>();
    for (at++; isIndented(); at++) {
      Matcher constant = CONSTANT.matcher(lines.get(at));
      if (!constant.matches()
          || constants.put(constant.group(1), names(constant.group(2))) != null) {
        throw problem("\"" + lines.get(at) + "\"");
      }
    }
    return new EnumType(constants);
  }

  private boolean isIndented() {
    return at < lines.size() && lines.get(at).startsWith("  ");
  }

  private static List<String> names(@Nullable String former) {
    return former == null ? List.of() : List.of(former.split(", ", -1));
  }

  private void checkTypes(Schema schema) throws Malformed {
    at = 0;
    if (!(types.get(schema.state().toString()) instanceof RecordType)) {
      throw problem("no record " + schema.state() + ", which is its state");
    }
    for (Message message : messages.values()) {
      boolean isStep = message.kind().equals(Schema.STEP);
      if (!isStep && !(types.get(message.type().toString()) instanceof RecordType)) {
        throw problem("no record " + message.type() + ", which is a message");
      }
    }
  }

  private String value(String key) throws Malformed {
    skipBlank();
    String line = at < lines.size() ? lines.get(at) : "";
    if (!line.startsWith(key + " ")) {
      throw problem("no line that begins with \"" + key + "\"");
    }
    at++;
    return line.substring(key.length() + 1);
  }

  private int number(String text) throws Malformed {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      at--;
      throw problem("\"" + text + "\", which is no number");
    }
  }

  private TypeText type(String text) throws Malformed {
    try {
      return TypeText.parse(text);
    } catch (IllegalArgumentException e) {
      throw problem("\"" + text + "\", which is no type");
    }
  }

  /** Comments are lines of their own. */
  private void skipBlank() {
    while (at < lines.size() && (lines.get(at).isBlank() || lines.get(at).startsWith("#"))) {
      at++;
    }
  }

  private Malformed problem(String found) {
    return new Malformed(Math.min(at + 1, Math.max(1, lines.size())), found);
  }
}
