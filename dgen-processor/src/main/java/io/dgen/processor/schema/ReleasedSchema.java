package io.dgen.processor.schema;

import com.squareup.javapoet.ClassName;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.schema.Comparison.Place;
import io.dgen.processor.schema.Comparison.Problem;
import io.dgen.processor.schema.SchemaMaker.Made;
import io.dgen.processor.schema.SchemaParser.Malformed;
import io.dgen.processor.validate.Message;
import io.dgen.processor.validate.ValidationReport;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The schema files next to the sources: one for each server, with its last release. Each compile is
 * checked against them; they are written only when the build asks for it. See
 * docs/decisions/0010-evolution.md.
 */
public final class ReleasedSchema {

  /** The option that names the directory of the files. */
  public static final String DIRECTORY = "dgen.schemas";

  /** The option that says what to do: check, update or replace. */
  public static final String MODE = "dgen.schema";

  private enum Mode {
    /** Compare with the file, which stays as it is. */
    CHECK,
    /** Write the current schema as the next version, if it is compatible. */
    UPDATE,
    /** Write the current schema as the next version. */
    REPLACE
  }

  private final Map<String, String> options;
  private final Elements elements;
  private final Consumer<String> notes;

  /**
   * Makes the check.
   *
   * @param options the options of the processor
   * @param elements finds the types at which errors are shown
   * @param notes receives remarks that are not errors
   */
  public ReleasedSchema(Map<String, String> options, Elements elements, Consumer<String> notes) {
    this.options = options;
    this.elements = elements;
    this.notes = notes;
  }

  /**
   * Compares a server with its file, or writes the file.
   *
   * @param type the interface
   * @param server what is compiled
   * @param report receives incompatible changes
   * @return the version of what is compiled: that of the file if it is the same; else negative
   */
  public int version(TypeElement type, ServerModel server, ValidationReport report) {
    Made made = SchemaMaker.of(server);
    int unreleased = SchemaText.fingerprint(made.schema());
    Optional<Mode> mode = mode(type, report);
    Optional<Path> directory = directory(type, report);
    if (mode.isEmpty() || directory.isEmpty()) {
      return unreleased;
    }
    Path file = directory.get().resolve(type.getQualifiedName() + ".schema");
    try {
      boolean replaces = mode.get() == Mode.REPLACE;
      Optional<Schema> released = replaces ? readIfWhole(file) : read(file);
      Schema schema = made.schema();
      if (released.isPresent() && !replaces) {
        Comparison comparison = new Comparison(released.get(), made);
        boolean isOfOther = !released.get().server().equals(schema.server());
        if (isOfOther) {
          report.error(
              type,
              Message.SCHEMA_NAME,
              type.getSimpleName(),
              released.get().server(),
              schema.server());
        }
        comparison.problems().forEach(it -> report(it, made, released.get(), type, report));
        if (isOfOther || !comparison.problems().isEmpty()) {
          return unreleased;
        }
        schema = schema.withReserved(comparison.reserved());
      }
      if (released.isPresent() && isSame(schema, released.get())) {
        return released.get().version();
      }
      if (mode.get() == Mode.CHECK) {
        released.ifPresent(
            it ->
                notes.accept(
                    String.format(
                        "%s has changed since schema version %d; release the change with"
                            + " -A%s=update",
                        type.getSimpleName(), it.version(), MODE)));
        return unreleased;
      }
      Schema next = schema.withVersion(1 + released.map(Schema::version).orElse(0));
      Files.createDirectories(directory.get());
      Files.writeString(file, SchemaText.of(next));
      notes.accept(
          String.format(
              "%s is schema version %d now; commit %s",
              type.getSimpleName(), next.version(), file));
      return next.version();
    } catch (Malformed malformed) {
      report.error(
          type,
          Message.SCHEMA_FILE,
          file,
          malformed.line(),
          String.valueOf(malformed.getMessage()));
    } catch (CharacterCodingException e) {
      report.error(type, Message.SCHEMA_FILE, file, 1, "bytes that are no UTF-8");
    } catch (IOException e) {
      report.error(type, Message.WRITE_FAILED, file, e);
    }
    return unreleased;
  }

  private static boolean isSame(Schema one, Schema other) {
    return one.server().equals(other.server())
        && SchemaText.body(one).equals(SchemaText.body(other));
  }

  private static Optional<Schema> read(Path file) throws IOException, Malformed {
    return Files.exists(file)
        ? Optional.of(SchemaParser.parse(Files.readString(file)))
        : Optional.empty();
  }

  /** Returns the schema of a file that is to be replaced; empty if the file is malformed. */
  private static Optional<Schema> readIfWhole(Path file) throws IOException {
    try {
      return read(file);
    } catch (Malformed | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private Optional<Mode> mode(TypeElement type, ValidationReport report) {
    String text = options.getOrDefault(MODE, "check");
    for (Mode mode : Mode.values()) {
      if (mode.name().equalsIgnoreCase(text)) {
        return Optional.of(mode);
      }
    }
    report.error(type, Message.SCHEMA_OPTION, MODE, "check, update or replace", text);
    return Optional.empty();
  }

  private Optional<Path> directory(TypeElement type, ValidationReport report) {
    String text = options.get(DIRECTORY);
    if (text == null && options.getOrDefault(MODE, "check").equalsIgnoreCase("check")) {
      return Optional.empty();
    }
    try {
      if (text != null && !text.isBlank() && !Files.isRegularFile(Path.of(text))) {
        return Optional.of(Path.of(text));
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    report.error(type, Message.SCHEMA_OPTION, DIRECTORY, "a directory", String.valueOf(text));
    return Optional.empty();
  }

  private void report(
      Problem problem, Made made, Schema released, TypeElement type, ValidationReport report) {
    List<String> more = problem.details();
    Element at = position(problem, made.classes(), type, report);
    int version = released.version();
    String subject = problem.subject();
    switch (problem.rule()) {
      case TYPE ->
          report.error(at, Message.SCHEMA_TYPE, subject, version, more.get(0), more.get(1));
      case CONSTANT -> report.error(at, Message.SCHEMA_CONSTANT, subject, version, more.get(0));
      case VARIANT -> report.error(at, Message.SCHEMA_VARIANT, subject, version, more.get(0));
      case MESSAGE ->
          report.error(at, Message.SCHEMA_MESSAGE, type.getSimpleName(), version, subject);
      case ANSWER ->
          report.error(at, Message.SCHEMA_ANSWER, type.getSimpleName(), version, subject);
      case STEP -> report.error(at, Message.SCHEMA_STEP, type.getSimpleName(), version, subject);
      case KIND ->
          report.error(at, Message.SCHEMA_KIND, subject, more.get(0), version, more.get(1));
      case FORGOTTEN -> report.error(at, Message.SCHEMA_FORGOTTEN, subject, version, more.get(0));
      case LOST -> report.error(at, Message.SCHEMA_LOST, subject, version, more.get(0));
      case REUSED -> report.error(at, Message.SCHEMA_REUSED, subject, more.get(0));
    }
  }

  /** Returns the innermost place that is in the interface; what is gone has none. */
  private Element position(
      Problem problem, Map<String, ClassName> classes, TypeElement type, ValidationReport report) {
    for (Place place : problem.places().reversed()) {
      ClassName name = classes.get(place.type());
      TypeElement element = name == null ? null : elements.getTypeElement(name.canonicalName());
      Element at = element == null ? null : member(element, place);
      if (at != null && report.covers(at)) {
        return at;
      }
    }
    return type;
  }

  private static @Nullable Element member(TypeElement type, Place place) {
    if (place.member().isEmpty()) {
      return type;
    }
    return type.getRecordComponents().stream()
        .filter(it -> it.getSimpleName().contentEquals(place.member().get()))
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the options.
   *
   * @return their names
   */
  public static Set<String> options() {
    return Set.of(DIRECTORY, MODE);
  }
}
