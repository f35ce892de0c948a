package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** As {@link Narrow}, for arrays, optionals of primitives, large numbers and sequences. */
@DistributedServer(name = "Breadth")
interface Slim {

  enum Color {
    RED,
    GREEN
  }

  record Pair(int a, int b) {}

  record Item(String id, int count) {}

  @SuppressWarnings("ArrayRecordComponent") // They are types that may become others.
  record Arrays(
      boolean[] booleansToList,
      short[] shortsToInts,
      int[] intsToLongs,
      int[] intsToList,
      int[] intsToOptional,
      char[] charsToInts,
      float[] floatsToDoubles,
      long[] longsToLarge,
      int[][] matrixToLists,
      byte[][] blobsToList,
      byte[] bytesToOptional,
      String[] namesToSequence,
      List<String> listToArray,
      Set<Integer> setToArray,
      List<Item> itemsToArray,
      Item[] arrayToItems,
      Optional<Integer>[] maybes) {}

  @SuppressWarnings("NullableOptional") // Kept, whatever is wise.
  record Optionals(
      int intToOptional,
      @Nullable Integer boxToOptional,
      OptionalInt optionalToInt,
      OptionalInt optionalToLong,
      OptionalLong optionalToBox,
      OptionalInt optionalToDouble,
      float floatToOptional,
      Optional<Integer> genericToInt,
      OptionalLong longToGeneric,
      OptionalDouble doubleToGeneric,
      OptionalInt optionalToLarge) {}

  record Numbers(
      long longToLarge,
      char charToLarge,
      BigInteger largeToDecimal,
      @Nullable BigInteger largeToOptional,
      List<Long> longsToLarge) {}

  record Sequences(
      Set<String> setToSequenced,
      SequencedSet<String> sequencedToSet,
      SequencedCollection<Integer> sequencedToList,
      SequencedSet<Integer> setToSequence,
      Map<String, Integer> mapToSequenced,
      SequencedMap<String, Integer> sequencedToMap,
      Map<Color, Integer> keysToText,
      SequencedMap<Color, Integer> sequencedKeysToText,
      Pair recordToSequenced,
      SequencedMap<String, Integer> sequencedToRecord) {}

  record State(Arrays arrays, Optionals optionals, Numbers numbers, Sequences sequences) {}

  record Put(State state) implements Cast {}

  State init();

  State handleCast(Put message, State state);
}
