package io.dgen.benchmarks;

import io.dgen.codec.StateSink;
import io.dgen.codec.StateSource;
import io.dgen.codec.Terms;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.List;
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

/**
 * What generated codecs cost: the difference of two states, reading one, and a message there and
 * back. The floor of each is a copy of the bytes that it makes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

  private static final byte[] PREFIX = {1};

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
    new Runner(
            new OptionsBuilder()
                .include(CodecBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
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

    @Override
    public void set(byte[] path, byte[] value) {
      bytes += path.length + value.length;
    }

    @Override
    public void clearAll(byte[] path) {
      bytes += path.length;
    }
  }
}
