package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.lang.model.SourceVersion;

/** The names that an interface and its records give to what is generated. */
public final class GeneratedNames {

  /** The suffixes that are appended to the interface's name. */
  public static final List<String> SUFFIXES = List.of("Client", "Message", "Server", "Codec");

  /** The suffix of the class by which a server asks others; a server that asks none has none. */
  public static final String ASKS = "Asks";

  /** The suffix of the class that asks for one more round. */
  public static final String ANSWERS = "Answers";

  /** The suffix of the class of a server's steps, if it has any. */
  public static final String STEPS = "Steps";

  /** How many bytes the name of a file may have on the usual file systems. */
  public static final int LONGEST_FILE_NAME = 255;

  private GeneratedNames() {}

  /**
   * Returns the length of a file's name.
   *
   * @param file the name
   * @return the bytes that it takes on the usual file systems
   */
  public static int bytes(String file) {
    return file.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Returns the name of a generated class.
   *
   * @param type the interface
   * @param suffix one of {@link #SUFFIXES}, or {@link #ASKS}
   * @return the class beside the interface; for a nested interface the enclosing names come first,
   *     joined by underscores
   */
  public static ClassName of(ClassName type, String suffix) {
    return ClassName.get(type.packageName(), String.join("_", type.simpleNames()) + suffix);
  }

  /**
   * Returns whether a method can have a name.
   *
   * @param name any text
   * @return whether it is an identifier and not a keyword
   */
  public static boolean isMethod(String name) {
    return SourceVersion.isIdentifier(name)
        && !SourceVersion.isKeyword(name, SourceVersion.latest());
  }

  /**
   * Returns the client's method for a record: {@code increment} for {@code Increment}, {@code
   * urlFetch} for {@code URLFetch}.
   *
   * @param record the record's simple name
   * @return the name with its first word in lower case
   */
  public static String method(String record) {
    int capitals = 0;
    while (capitals < record.length() && Character.isUpperCase(record.charAt(capitals))) {
      capitals++;
    }
    boolean startsNextWord =
        capitals > 1
            && capitals < record.length()
            && Character.isLowerCase(record.charAt(capitals));
    int end = startsNextWord ? capitals - 1 : capitals;
    return record.substring(0, end).toLowerCase(Locale.ROOT) + record.substring(end);
  }
}
