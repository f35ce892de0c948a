package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.math.BigDecimal;
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

/**
 * The server that was {@link Slim}, after every change of these types that a schema file lets pass.
 */
@DistributedServer(name = "Breadth")
interface Broad {

  enum Color {
    RED,
    GREEN
  }

  record Pair(@Nullable Long a, @Nullable Long b) {}

  record Item(String id, long count) {}

  @SuppressWarnings("ArrayRecordComponent") // They are types that others became.
  record Arrays(
      List<Boolean> booleansToList,
      int[] shortsToInts,
      long[] intsToLongs,
      List<Long> intsToList,
      Optional<long[]> intsToOptional,
      int[] charsToInts,
      double[] floatsToDoubles,
      BigInteger[] longsToLarge,
      List<List<Long>> matrixToLists,
      List<byte[]> blobsToList,
      Optional<byte[]> bytesToOptional,
      SequencedCollection<String> namesToSequence,
      String[] listToArray,
      Long[] setToArray,
      Item[] itemsToArray,
      List<Item> arrayToItems,
      OptionalLong[] maybes) {}

  record Optionals(
      OptionalInt intToOptional,
      OptionalLong boxToOptional,
      @Nullable Integer optionalToInt,
      OptionalLong optionalToLong,
      @Nullable Long optionalToBox,
      OptionalDouble optionalToDouble,
      OptionalDouble floatToOptional,
      OptionalInt genericToInt,
      Optional<Long> longToGeneric,
      Optional<Double> doubleToGeneric,
      @Nullable BigInteger optionalToLarge) {}

  record Numbers(
      BigInteger longToLarge,
      BigInteger charToLarge,
      BigDecimal largeToDecimal,
      Optional<BigInteger> largeToOptional,
      List<BigInteger> longsToLarge) {}

  record Sequences(
      SequencedSet<String> setToSequenced,
      Set<String> sequencedToSet,
      List<Long> sequencedToList,
      SequencedCollection<Long> setToSequence,
      SequencedMap<String, Long> mapToSequenced,
      Map<String, Long> sequencedToMap,
      SequencedMap<String, Long> keysToText,
      Map<String, Long> sequencedKeysToText,
      SequencedMap<String, Long> recordToSequenced,
      Pair sequencedToRecord) {}

  record State(Arrays arrays, Optionals optionals, Numbers numbers, Sequences sequences) {}

  record Put(State state) implements Cast {}

  State init();

  State handleCast(Put message, State state);
}
