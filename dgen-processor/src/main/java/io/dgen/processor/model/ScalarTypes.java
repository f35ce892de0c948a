package io.dgen.processor.model;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
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
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** The types that are a {@link Shape.Scalar}, and the constants that are their codecs. */
public final class ScalarTypes {

  private static final Map<TypeName, String> CONSTANTS =
      Map.ofEntries(
          Map.entry(TypeName.BOOLEAN.box(), "BOOLEAN"),
          Map.entry(TypeName.BYTE.box(), "BYTE"),
          Map.entry(TypeName.SHORT.box(), "SHORT"),
          Map.entry(TypeName.INT.box(), "INT"),
          Map.entry(TypeName.LONG.box(), "LONG"),
          Map.entry(TypeName.CHAR.box(), "CHAR"),
          Map.entry(TypeName.FLOAT.box(), "FLOAT"),
          Map.entry(TypeName.DOUBLE.box(), "DOUBLE"),
          Map.entry(ClassName.get(String.class), "STRING"),
          Map.entry(ClassName.get(BigInteger.class), "BIG_INTEGER"),
          Map.entry(ClassName.get(BigDecimal.class), "BIG_DECIMAL"),
          Map.entry(ClassName.get(UUID.class), "UUID"),
          Map.entry(ClassName.get("io.dgen", "DelayedMessage"), "DELAYED_MESSAGE"),
          Map.entry(ClassName.get(Instant.class), "INSTANT"),
          Map.entry(ClassName.get(Duration.class), "DURATION"),
          Map.entry(ClassName.get(LocalDate.class), "LOCAL_DATE"),
          Map.entry(ClassName.get(LocalTime.class), "LOCAL_TIME"),
          Map.entry(ClassName.get(LocalDateTime.class), "LOCAL_DATE_TIME"),
          Map.entry(ClassName.get(OffsetDateTime.class), "OFFSET_DATE_TIME"),
          Map.entry(ClassName.get(OffsetTime.class), "OFFSET_TIME"),
          Map.entry(ClassName.get(ZonedDateTime.class), "ZONED_DATE_TIME"),
          Map.entry(ClassName.get(Year.class), "YEAR"),
          Map.entry(ClassName.get(YearMonth.class), "YEAR_MONTH"),
          Map.entry(ClassName.get(MonthDay.class), "MONTH_DAY"),
          Map.entry(ClassName.get(Period.class), "PERIOD"),
          Map.entry(ClassName.get(ZoneId.class), "ZONE_ID"),
          Map.entry(ClassName.get(ZoneOffset.class), "ZONE_OFFSET"),
          Map.entry(ClassName.get(URI.class), "URI"),
          Map.entry(ClassName.get(Currency.class), "CURRENCY"),
          Map.entry(ClassName.get(Locale.class), "LOCALE"),
          Map.entry(ClassName.get(OptionalInt.class), "OPTIONAL_INT"),
          Map.entry(ClassName.get(OptionalLong.class), "OPTIONAL_LONG"),
          Map.entry(ClassName.get(OptionalDouble.class), "OPTIONAL_DOUBLE"),
          Map.entry(ArrayTypeName.of(TypeName.BOOLEAN), "BOOLEANS"),
          Map.entry(ArrayTypeName.of(TypeName.BYTE), "BYTES"),
          Map.entry(ArrayTypeName.of(TypeName.SHORT), "SHORTS"),
          Map.entry(ArrayTypeName.of(TypeName.INT), "INTS"),
          Map.entry(ArrayTypeName.of(TypeName.LONG), "LONGS"),
          Map.entry(ArrayTypeName.of(TypeName.CHAR), "CHARS"),
          Map.entry(ArrayTypeName.of(TypeName.FLOAT), "FLOATS"),
          Map.entry(ArrayTypeName.of(TypeName.DOUBLE), "DOUBLES"));

  private static final Set<TypeName> OPTIONALS =
      Set.of(
          ClassName.get(OptionalInt.class),
          ClassName.get(OptionalLong.class),
          ClassName.get(OptionalDouble.class));

  private ScalarTypes() {}

  /**
   * Returns whether a component may have a type.
   *
   * @param type a type
   * @return true if it is a scalar
   */
  public static boolean contains(TypeName type) {
    return type.isPrimitive() || CONSTANTS.containsKey(type);
  }

  /**
   * Returns whether a type has an empty value.
   *
   * @param type a scalar
   * @return true if it is an optional of a primitive, or an array
   */
  public static boolean canBeEmpty(TypeName type) {
    return OPTIONALS.contains(type) || type instanceof ArrayTypeName;
  }

  /**
   * Returns the codec of a type.
   *
   * @param type a scalar, or Void, the reply of a call that has none
   * @return the name of a constant of {@code TermCodecs}
   */
  public static String codec(TypeName type) {
    if (type.equals(ClassName.get(Void.class))) {
      return "NOTHING";
    }
    String constant = CONSTANTS.get(type.isPrimitive() ? type.box() : type);
    if (constant == null) {
      throw new IllegalArgumentException("no codec for " + type);
    }
    return constant;
  }
}
