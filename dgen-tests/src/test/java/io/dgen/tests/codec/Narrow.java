package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server before every change that a schema file lets pass: see {@link Wide}. That the two are
 * compatible is checked by the processor's {@code SchemaChangeTest}, which compiles them.
 */
@DistributedServer(name = "Width")
interface Narrow {

  enum Color {
    RED,
    GREEN,
    @io.dgen.annotations.Renamed("TEAL")
    CYAN
  }

  record Pair(int a, int b) {}

  record Item(String id, int count, Color color, String note) {}

  sealed interface Form {}

  record Circle(float radius) implements Form {}

  record Rect(int width, int height) implements Form {}

  @SuppressWarnings("NullableOptional") // Kept, whatever is wise.
  record State(
      byte byteToShort,
      byte byteToFloat,
      short shortToInt,
      short shortToDouble,
      int intToLong,
      int intToDouble,
      int intToBox,
      int intToOptional,
      long longToDecimal,
      char charToInt,
      @Nullable Character charToLong,
      float floatToDouble,
      boolean booleanToBox,
      @Nullable Integer integerToLong,
      @Nullable String textToOptional,
      Optional<String> optionalToText,
      @Nullable Optional<Integer> optionalToLong,
      Optional<Optional<Integer>> nestedToLong,
      @Nullable Color colorToText,
      @Nullable Color moreColors,
      List<Integer> numbers,
      Set<String> setToList,
      Map<Integer, Integer> byNumber,
      @Term Map<Integer, Integer> termByNumber,
      Map<Color, String> colorToTextKeys,
      Map<Color, String> byColor,
      Map<Pair, String> byPair,
      @Nullable Pair recordToMap,
      Map<String, Integer> mapToRecord,
      List<Item> items,
      @Term List<Item> termItems,
      List<Item> itemsToTerm,
      List<Form> forms,
      String dropped,
      String renamed) {}

  record Put(State state) implements Cast {}

  State init();

  State handleCast(Put message, State state);
}
