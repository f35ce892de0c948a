package io.dgen.generated.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.TermWriter;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever is stored can be shown as JSON. */
class JsonTest {

  private static final byte[] PREFIX = Tuple.from(7).pack();

  @Test
  void aTermWithEverything() {
    UUID id = new UUID(1, 2);
    String json =
        json(
            out -> {
              out.startMap(12);
              out.name("text");
              out.writeString("a \"b\"\n\u0001 é");
              out.name("integer");
              out.writeLong(Long.MIN_VALUE);
              out.name("huge");
              out.writeBigInteger(BigInteger.TWO.pow(70));
              out.name("decimal");
              out.writeBigDecimal(new BigDecimal("1.50"));
              out.name("notANumber");
              out.writeDouble(Double.NaN);
              out.name("bytes");
              out.writeBytes(new byte[] {1, -1});
              out.name("id");
              TermCodecs.UUID.write(out, id);
              out.name("at");
              TermCodecs.INSTANT.write(out, Instant.parse("2026-01-02T03:04:05.000000006Z"));
              out.name("took");
              TermCodecs.DURATION.write(out, Duration.ofMillis(1500));
              out.name("none");
              out.writeNull();
              out.name("list");
              TermCodecs.list(TermCodecs.INT).write(out, List.of(1, 2));
              out.name("empty");
              out.startMap(0);
              out.endMap();
              out.endMap();
            });
    assertThat(json)
        .isEqualTo(
            """
            {
              "text": "a \\"b\\"\\n\\u0001 é",
              "integer": -9223372036854775808,
              "huge": 1180591620717411303424,
              "decimal": 1.50,
              "notANumber": "NaN",
              "bytes": "0x01ff",
              "id": "00000000-0000-0001-0000-000000000002",
              "at": "2026-01-02T03:04:05.000000006Z",
              "took": "PT1.5S",
              "none": null,
              "list": [
                1,
                2
              ],
              "empty": {}
            }\
            """);
  }

  @Test
  void longValuesAreCutAndSaySo() {
    assertThat(json(out -> out.writeString("x".repeat(1001))))
        .isEqualTo("\"" + "x".repeat(1000) + "... (1001 characters)\"");
    assertThat(json(out -> out.writeBytes(new byte[501])))
        .isEqualTo("\"0x" + "00".repeat(500) + "... (501 bytes)\"");
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 1003; i++) {
      numbers.add(i);
    }
    assertThat(json(out -> TermCodecs.list(TermCodecs.INT).write(out, numbers)))
        .endsWith("  999,\n  \"... 3 more\"\n]");
  }

  @Test
  void bytesThatAreNoTermAreShownAsTheyAre() {
    assertThat(Json.ofTerm(new byte[] {(byte) 0xA1, 0x61}))
        .contains("\"undecodable\": \"0xa161\"")
        .contains("\"problem\": ");
    assertThat(Json.ofTerm(new byte[0])).contains("\"undecodable\": \"0x\"");
    assertThat(Json.ofTerm(new byte[] {1, 2})).contains("something follows the end");
  }

  @Test
  void noBytesAreAnException() {
    Random random = new Random(5);
    byte[] valid = Terms.encode(out -> TermCodecs.INSTANT.write(out, Instant.MAX));
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = i % 2 == 0 ? valid.clone() : new byte[random.nextInt(40)];
      if (i % 2 != 0) {
        random.nextBytes(bytes);
      } else {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertThat(Json.ofTerm(bytes)).isNotEmpty();
      byte[] key = new byte[random.nextInt(20)];
      random.nextBytes(key);
      byte[] whole = Tuple.from(7).pack();
      KeyValue pair = new KeyValue(Keys.join(whole, key), bytes);
      assertThat(Json.ofState(List.of(pair), PREFIX.length, true)).isNotEmpty();
    }
  }

  @Test
  void aStateIsATreeOfItsKeys() {
    List<KeyValue> pairs = new ArrayList<>();
    pairs.add(pair(Tuple.from("byName", Tuple.from("ada"), "age", 0), out -> out.writeInt(36)));
    pairs.add(pair(Tuple.from("byName", Tuple.from("bob"), "age", 0), out -> out.writeInt(7)));
    pairs.add(pair(Tuple.from("byNumber", Tuple.from(4), 0), out -> out.writeString("four")));
    pairs.add(pair(Tuple.from("count", 0), out -> out.writeInt(2)));
    byte[] first = {(byte) 0x80};
    byte[] second = {(byte) 0x81};
    pairs.add(
        pair(Tuple.from("lines", Tuple.from(first, "x"), "id", 0), out -> out.writeString("x")));
    pairs.add(
        pair(Tuple.from("lines", Tuple.from(second, "a"), "id", 0), out -> out.writeString("a")));
    pairs.add(new KeyValue(Tuple.from("odd", 1.5).pack(PREFIX), new byte[] {9}));
    assertThat(Json.ofState(pairs, PREFIX.length, true))
        .isEqualTo(
            """
            {
              "byName": {
                "ada": {
                  "age": 36
                },
                "bob": {
                  "age": 7
                }
              },
              "byNumber": {
                "4": "four"
              },
              "count": 2,
              "lines": [
                {
                  "id": "x"
                },
                {
                  "id": "a"
                }
              ],
              "odd": {
                "0x21bff8000000000000": "0x09"
              }
            }\
            """);
  }

  @Test
  void aTermInChunksIsOneValueUnlessAChunkIsMissing() {
    byte[] term = Terms.encode(out -> out.writeString("0123456789"));
    byte[][] halves = {Arrays.copyOf(term, 5), Arrays.copyOfRange(term, 5, term.length)};
    KeyValue one = new KeyValue(Tuple.from("t", 0).pack(PREFIX), halves[0]);
    KeyValue two = new KeyValue(Tuple.from("t", 1).pack(PREFIX), halves[1]);
    KeyValue three = new KeyValue(Tuple.from("t", 2).pack(PREFIX), halves[1]);
    assertThat(Json.ofState(List.of(one, two), PREFIX.length, true))
        .isEqualTo("{\n  \"t\": \"0123456789\"\n}");
    assertThat(Json.ofState(List.of(one, three), PREFIX.length, true))
        .contains("a chunk is missing");
  }

  @Test
  void whatIsNotAllSaysSo() {
    KeyValue pair = pair(Tuple.from("a", 0), out -> out.writeInt(1));
    assertThat(Json.ofState(List.of(pair), PREFIX.length, false))
        .contains("\"a\": 1")
        .contains("\"...\": \"more than 1 keys");
    assertThat(Json.ofState(List.of(), PREFIX.length, true)).isEqualTo("null");
  }

  private static KeyValue pair(Tuple path, Consumer<TermWriter> body) {
    return new KeyValue(path.pack(PREFIX), Terms.encode(body));
  }

  private static String json(Consumer<TermWriter> body) {
    return Json.ofTerm(Terms.encode(body));
  }
}
