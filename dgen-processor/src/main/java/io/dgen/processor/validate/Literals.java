package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.model.DefaultModel;
import io.dgen.processor.model.DefaultModel.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The types whose values can be written as text, and how the text becomes Java code. */
final class Literals {

  /**
   * A type with literals.
   *
   * @param wanted a description of valid text, with an example
   * @param kind how the value is used
   * @param parser makes code of a text; throws a RuntimeException if it is not a value
   */
  record Literal(String wanted, Kind kind, Function<String, CodeBlock> parser) {

    /** Returns the value of a text; empty if it has none. */
    Optional<DefaultModel> parse(String text) {
      try {
        return Optional.of(new DefaultModel(parser.apply(text), kind));
      } catch (RuntimeException notOne) {
        return Optional.empty();
      }
    }
  }

  private static final Map<TypeName, Literal> LITERALS = new HashMap<>();

  static {
    literal(Boolean.class, "true or false", Literals::booleanOf);
    literal(Byte.class, "a byte such as 0", it -> CodeBlock.of("(byte) $L", Byte.parseByte(it)));
    literal(
        Short.class, "a short such as 0", it -> CodeBlock.of("(short) $L", Short.parseShort(it)));
    literal(Integer.class, "an int such as 0", it -> CodeBlock.of("$L", Integer.parseInt(it)));
    literal(Long.class, "a long such as 0", it -> CodeBlock.of("$LL", Long.parseLong(it)));
    literal(Character.class, "one UTF-16 unit such as x", Literals::charOf);
    literal(Float.class, "a float such as 0.5", Literals::floatOf);
    literal(Double.class, "a double such as 0.5", Literals::doubleOf);
    literal(String.class, "a text", it -> CodeBlock.of("$L", quoted(it)));
    made(BigInteger.class, "an integer such as 0", BigInteger::new, "new $T($L)");
    made(BigDecimal.class, "a decimal such as 0.50", BigDecimal::new, "new $T($L)");
    made(
        UUID.class,
        "a UUID such as 00000000-0000-0000-0000-000000000000",
        Literals::uuidOf,
        "$T.fromString($L)");
    parsed(Instant.class, "2026-01-31T12:00:00Z", Instant::parse);
    parsed(Duration.class, "PT1H30M", Duration::parse);
    parsed(Period.class, "P1Y2M3D", Period::parse);
    parsed(LocalDate.class, "2026-01-31", LocalDate::parse);
    parsed(LocalTime.class, "12:00:00", LocalTime::parse);
    parsed(LocalDateTime.class, "2026-01-31T12:00:00", LocalDateTime::parse);
    parsed(OffsetTime.class, "12:00:00+01:00", OffsetTime::parse);
    parsed(OffsetDateTime.class, "2026-01-31T12:00:00+01:00", OffsetDateTime::parse);
    parsed(ZonedDateTime.class, "2026-01-31T12:00:00+01:00[Europe/Paris]", ZonedDateTime::parse);
    parsed(Year.class, "2026", Year::parse);
    parsed(YearMonth.class, "2026-01", YearMonth::parse);
    parsed(MonthDay.class, "--01-31", MonthDay::parse);
    made(ZoneId.class, "a zone such as Europe/Paris", ZoneId::of, "$T.of($L)");
    made(URI.class, "a URI such as https://example.org/", URI::create, "$T.create($L)");
    made(Currency.class, "a currency such as EUR", Currency::getInstance, "$T.getInstance($L)");
    made(Locale.class, "a language tag such as de-CH", Literals::localeOf, "$T.forLanguageTag($L)");
    made(ZoneOffset.class, "an offset such as +01:00", ZoneOffset::of, "$T.of($L)");
  }

  private Literals() {}

  /** Returns the literals of a type, primitive or not; empty if it has none. */
  static Optional<Literal> of(TypeName type) {
    return Optional.ofNullable(LITERALS.get(type.isPrimitive() ? type.box() : type));
  }

  private static void literal(Class<?> type, String wanted, Function<String, CodeBlock> parser) {
    LITERALS.put(ClassName.get(type), new Literal(wanted, Kind.LITERAL, parser));
  }

  private static void made(
      Class<?> type, String wanted, Function<String, ?> parser, String expression) {
    LITERALS.put(
        ClassName.get(type),
        new Literal(
            wanted,
            Kind.VALUE,
            text -> {
              var unused = parser.apply(text); // Fails if the text is none.
              return CodeBlock.of(expression, type, quoted(text));
            }));
  }

  private static void parsed(Class<?> type, String example, Function<CharSequence, ?> parser) {
    String name = type.getSimpleName();
    String article = "AEIOU".indexOf(name.charAt(0)) < 0 ? "a " : "an ";
    made(type, article + name + " such as " + example, parser::apply, "$T.parse($L)");
  }

  /**
   * Returns a locale; refuses a tag that is not well-formed, a part of which the JDK would ignore.
   */
  private static Locale localeOf(String tag) {
    if (tag.isEmpty()) {
      throw new IllegalArgumentException("no tag");
    }
    return new Locale.Builder().setLanguageTag(tag).build();
  }

  private static CodeBlock booleanOf(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return CodeBlock.of("$L", text);
  }

  private static CodeBlock charOf(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(text);
    }
    char unit = text.charAt(0);
    return unit > ' ' && unit < 0x7F && unit != '\'' && unit != '\\'
        ? CodeBlock.of("'$L'", unit)
        : CodeBlock.of("(char) $L", (int) unit);
  }

  private static CodeBlock floatOf(String text) {
    float value = Float.parseFloat(finite(text, Float.parseFloat(text)));
    return Float.isFinite(value) ? CodeBlock.of("$Lf", value) : special("f", value);
  }

  private static CodeBlock doubleOf(String text) {
    double value = Double.parseDouble(finite(text, Double.parseDouble(text)));
    return Double.isFinite(value) ? CodeBlock.of("$L", value) : special("d", value);
  }

  /**
   * Returns the text of a number; refuses one that is too large, or has blanks, which Java ignores.
   */
  private static String finite(String text, double value) {
    if (!text.strip().equals(text) || (Double.isInfinite(value) && !text.endsWith("Infinity"))) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static CodeBlock special(String suffix, double value) {
    String dividend = Double.isNaN(value) ? "0" : value > 0 ? "1" : "-1";
    return CodeBlock.of("$L$L / 0$L", dividend, suffix, suffix);
  }

  /** Returns a UUID; refuses an incomplete one, which the JDK would fill up. */
  private static UUID uuidOf(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException(text);
    }
    return uuid;
  }

  /** Returns a text as a Java string in ASCII, which works with any encoding of source files. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (unit >= ' ' && unit < 0x7F) {
            quoted.append(unit);
          } else {
            quoted.append(String.format("\\u%04x", (int) unit));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
