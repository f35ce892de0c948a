package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Renamed;
import io.dgen.annotations.Term;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server after every change that a schema file lets pass: see {@link Narrow}. */
@DistributedServer(name = "Width")
interface Wide {

  enum Color {
    BLACK,
    GREEN,
    @Renamed("RED")
    ROUGE,
    @Renamed("TEAL")
    CYAN
  }

  record Couple(long a, @Nullable Long b, Optional<String> added) {}

  record Thing(String id, long count, Color color) {}

  sealed interface Form {}

  @Renamed("Circle")
  record Round(double radius) implements Form {}

  record Rect(long width, int height, @Nullable String added) implements Form {}

  record Square(int width) implements Form {}

  record Parts(@Nullable Integer x, @Nullable Long y, @Nullable Integer z) {}

  @SuppressWarnings("NullableOptional") // Kept, whatever is wise.
  record State(
      short byteToShort,
      float byteToFloat,
      int shortToInt,
      double shortToDouble,
      long intToLong,
      double intToDouble,
      @Nullable Integer intToBox,
      Optional<Long> intToOptional,
      BigDecimal longToDecimal,
      int charToInt,
      @Nullable Long charToLong,
      double floatToDouble,
      @Nullable Boolean booleanToBox,
      @Nullable Long integerToLong,
      Optional<String> textToOptional,
      @Nullable String optionalToText,
      @Nullable Optional<Long> optionalToLong,
      Optional<Optional<Long>> nestedToLong,
      @Nullable String colorToText,
      @Nullable Color moreColors,
      List<Long> numbers,
      List<String> setToList,
      Map<Long, Long> byNumber,
      @Term Map<Long, Long> termByNumber,
      Map<String, String> colorToTextKeys,
      Map<Color, String> byColor,
      Map<Couple, String> byPair,
      @Nullable Map<String, Long> recordToMap,
      Parts mapToRecord,
      List<Thing> items,
      @Term List<Thing> termItems,
      @Term List<Thing> itemsToTerm,
      List<Form> forms,
      @Renamed("renamed") String title,
      List<String> added) {}

  record Put(State state) implements Cast {}

  record More() implements Cast {}

  State init();

  State handleCast(Put message, State state);

  State handleCast(More message, State state);
}
