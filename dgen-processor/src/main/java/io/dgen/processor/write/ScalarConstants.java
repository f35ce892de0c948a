package io.dgen.processor.write;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** The constants of {@code TermCodecs} that are the codecs of single types. */
final class ScalarConstants {

  private static final Map<TypeName, String> NAMES =
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
          Map.entry(ArrayTypeName.of(TypeName.BYTE), "BYTES"),
          Map.entry(ClassName.get(BigInteger.class), "BIG_INTEGER"),
          Map.entry(ClassName.get(BigDecimal.class), "BIG_DECIMAL"),
          Map.entry(ClassName.get(UUID.class), "UUID"),
          Map.entry(ClassName.get(Instant.class), "INSTANT"),
          Map.entry(ClassName.get(Duration.class), "DURATION"),
          Map.entry(ClassName.get(Void.class), "NOTHING"));

  private ScalarConstants() {}

  static String of(TypeName type) {
    String name = NAMES.get(type.isPrimitive() ? type.box() : type);
    if (name == null) {
      throw new IllegalArgumentException("no codec for " + type);
    }
    return name;
  }
}
