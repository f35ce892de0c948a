package io.dgen.benchmarks;

import io.dgen.benchmarks.Sheet.Edit;
import io.dgen.generated.codec.StateSink;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * What generated codecs cost: the difference of two states, reading one, and a message there and
 * back, beside a copy of the bytes; the sample edits of a large state; and an order beside
 * Jackson's data binding and code that is written by hand. Prints what each edit writes, and the
 * ratios.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CodecBenchmark {

  private static final byte[] PREFIX = {1};
  private static final CBORMapper MAPPER = new CBORMapper();
  private static final ObjectWriter WRITER = MAPPER.writerFor(Sheet.Order.class);
  private static final ObjectReader READER = MAPPER.readerFor(Sheet.Order.class);

  private final Sheet.State sheet = SheetCodec.STATES.freeze(null, Sheet.full());
  private final Sheet.Order order = Sheet.order();
  private final byte[] orderBytes = encodedOrder(order);
  private final byte[] boundBytes = WRITER.writeValueAsBytes(order);
  private final byte[] handBytes = HandWritten.write(order);

  private final TallyMessage message = new TallyMessage.Next(new Tally.Next(1));
  private final byte[] encoded = encode(message);
  private final Tally.State before = new Tally.State(1_000_000);
  private final Tally.State after = new Tally.State(1_000_001);
  private final List<KeyValue> stored = stored(before);
  private final Sink sink = new Sink();

  /** Made by JMH. */
  public CodecBenchmark() {}

  /**
   * Runs the benchmark, with the bytes that it allocates.
   *
   * @param args none
   * @throws RunnerException if JMH fails
   */
  public static void main(String[] args) throws RunnerException {
    printWritten();
    Map<String, Double> nanos = new HashMap<>();
    new Runner(
            new OptionsBuilder()
                .include(CodecBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .build())
        .run()
        .forEach(
            it -> nanos.put(it.getPrimaryResult().getLabel(), it.getPrimaryResult().getScore()));
    printRatios(nanos);
  }

  /** What each sample edit writes: this does not depend on the machine. */
  private static void printWritten() {
    Sheet.State state = SheetCodec.STATES.freeze(null, Sheet.full());
    for (Edit edit : Edit.values()) {
      Sink sink = new Sink();
      SheetCodec.STATES.write(state, SheetCodec.STATES.freeze(state, edit.of(state)), sink);
      System.out.printf(
          "%-40s %d set, %d cleared, %d bytes of keys and values%n",
          edit, sink.sets, sink.clears, sink.bytes);
    }
    Sink all = new Sink();
    SheetCodec.STATES.write(null, state, all);
    System.out.printf("%-40s %d set, %d bytes%n", "the whole state", all.sets, all.bytes);
    System.out.printf(
        "an order: %d bytes by dgen, %d by data binding, %d by hand%n",
        encodedOrder(Sheet.order()).length,
        MAPPER.writeValueAsBytes(Sheet.order()).length,
        HandWritten.write(Sheet.order()).length);
  }

  private static void printRatios(Map<String, Double> nanos) {
    for (String way : List.of("write", "read")) {
      double ours = nanos.getOrDefault(way + "Order", Double.NaN);
      System.out.printf(
          "%s an order: %.0f ns, %.2f times data binding, %.2f times by hand%n",
          way,
          ours,
          ours / nanos.getOrDefault(way + "OrderByDataBinding", Double.NaN),
          ours / nanos.getOrDefault(way + "OrderByHand", Double.NaN));
    }
  }

  /**
   * Writes the difference of two states.
   *
   * @return the number of bytes written
   */
  @Benchmark
  public int writeStateDifference() {
    TallyCodec.STATES.write(before, after, sink);
    return sink.bytes;
  }

  /**
   * Reads a state.
   *
   * @return the state
   */
  @Benchmark
  public Tally.State readState() {
    return TallyCodec.STATES.read(new StateSource(PREFIX.length, stored));
  }

  /**
   * Encodes a message.
   *
   * @return its bytes
   */
  @Benchmark
  public byte[] writeMessage() {
    return encode(message);
  }

  /**
   * Decodes a message.
   *
   * @return the message
   */
  @Benchmark
  public TallyMessage readMessage() {
    return Terms.decode(encoded, in -> TallyCodec.MESSAGES.read("Next", in));
  }

  /**
   * The floor: a copy of a message's bytes.
   *
   * @return the copy
   */
  @Benchmark
  public byte[] copyMessageBytes() {
    return encoded.clone();
  }

  /**
   * Freezes what a callback returned and writes the difference, from a state in memory.
   *
   * @return the number of bytes written
   */
  @Benchmark
  public int editComponent() {
    return edited(Edit.COMPONENT);
  }

  /**
   * The same, of one item of many that changes.
   *
   * @return the number of bytes written
   */
  @Benchmark
  public int editItem() {
    return edited(Edit.ITEM_CHANGED);
  }

  /**
   * The same, of one item of many that moves.
   *
   * @return the number of bytes written
   */
  @Benchmark
  public int moveItem() {
    return edited(Edit.ITEM_MOVED);
  }

  /**
   * The same, of an item that comes before many.
   *
   * @return the number of bytes written
   */
  @Benchmark
  public int insertItemFirst() {
    return edited(Edit.ITEM_FIRST);
  }

  /**
   * The floor of the three: what the callback itself does, a copy of the list.
   *
   * @return the state
   */
  @Benchmark
  public Object copyItems() {
    return Edit.ITEM_CHANGED.of(sheet);
  }

  private int edited(Edit edit) {
    SheetCodec.STATES.write(sheet, SheetCodec.STATES.freeze(sheet, edit.of(sheet)), sink);
    return sink.bytes;
  }

  /**
   * Encodes an order by generated code.
   *
   * @return its bytes
   */
  @Benchmark
  public byte[] writeOrder() {
    return encodedOrder(order);
  }

  /**
   * Encodes an order by Jackson's data binding.
   *
   * @return its bytes
   */
  @Benchmark
  public byte[] writeOrderByDataBinding() {
    return WRITER.writeValueAsBytes(order);
  }

  /**
   * Encodes an order by code that is written by hand.
   *
   * @return its bytes
   */
  @Benchmark
  public byte[] writeOrderByHand() {
    return HandWritten.write(order);
  }

  /**
   * Decodes an order by generated code.
   *
   * @return the order
   */
  @Benchmark
  public Object readOrder() {
    return Terms.decode(orderBytes, in -> SheetCodec.MESSAGES.read("Order", in));
  }

  /**
   * Decodes an order by Jackson's data binding.
   *
   * @return the order
   */
  @Benchmark
  public Object readOrderByDataBinding() {
    return READER.readValue(boundBytes);
  }

  /**
   * Decodes an order by code that is written by hand.
   *
   * @return the order
   */
  @Benchmark
  public Object readOrderByHand() {
    return HandWritten.read(handBytes);
  }

  private static byte[] encodedOrder(Sheet.Order order) {
    SheetMessage message = new SheetMessage.Order(order);
    return Terms.encode(out -> SheetCodec.MESSAGES.write(message, out));
  }

  private static byte[] encode(TallyMessage message) {
    return Terms.encode(out -> TallyCodec.MESSAGES.write(message, out));
  }

  private static List<KeyValue> stored(Tally.State state) {
    List<KeyValue> pairs = new ArrayList<>();
    TallyCodec.STATES.write(
        null,
        state,
        new StateSink() {
          @Override
          public void set(byte[] path, byte[] value) {
            pairs.add(new KeyValue(Keys.join(PREFIX, path), value));
          }

          @Override
          public void clearAll(byte[] path) {
            throw new IllegalStateException("nothing is stored that could be cleared");
          }
        });
    return pairs;
  }

  /** Counts what is written, so that it is not optimised away. */
  private static final class Sink implements StateSink {

    private int bytes;
    private int sets;
    private int clears;

    @Override
    public void set(byte[] path, byte[] value) {
      bytes += path.length + value.length;
      sets++;
    }

    @Override
    public void clearAll(byte[] path) {
      bytes += path.length;
      clears++;
    }
  }
}
