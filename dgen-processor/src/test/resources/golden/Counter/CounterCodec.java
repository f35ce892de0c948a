package sample;

import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.Messages;
import io.dgen.generated.codec.EmptyRecordCodec;
import io.dgen.generated.codec.RecordCodec;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateName;
import io.dgen.generated.codec.StateReader;
import io.dgen.generated.codec.StateRecordCodec;
import io.dgen.generated.codec.StateWriter;
import io.dgen.generated.codec.TermCodecs;
import javax.annotation.processing.Generated;

/**
 * Writes and reads the messages and the state of {@link Counter}. Thread-safe.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class CounterCodec {
  private static final SchemaVersion SCHEMA = new SchemaVersion(-2139811454);

  private static final TermCodec<Counter.Value> VALUE_RECORD = new EmptyRecordCodec<>("Value", Counter.Value::new);

  /**
   * The codec of the messages and replies.
   */
  public static final MessageCodec<CounterMessage> MESSAGES = Messages.<CounterMessage>of("Counter", SCHEMA)
    .cast("Increment", CounterMessage.Increment.class, CounterMessage.Increment::new, IncrementRecord.INSTANCE)
    .call("Value", CounterMessage.Value.class, CounterMessage.Value::new, VALUE_RECORD, TermCodecs.LONG)
    .build();

  /**
   * The codec of the state.
   */
  public static final StateCodec<Counter.State> STATES = StateCodec.of("Counter.State", StateRecord.INSTANCE, SCHEMA);

  private CounterCodec() {
  }

  private static final class StateRecord extends StateRecordCodec<Counter.State> {
    static final StateRecord INSTANCE = new StateRecord();

    private static final StateName VALUE = StateName.of("value");

    @Override
    protected void writeRecord(TermWriter out, Counter.State value) {
      out.startMap(1);
      out.name("value");
      out.writeLong(value.value());
      out.endMap();
    }

    @Override
    protected Counter.State readRecord(TermReader in) {
      long value = 0;
      in.startRecord("State");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "value" -> value = in.readLong();
          default -> in.skip();
        }
      }
      return new Counter.State(value);
    }

    @Override
    public void put(StateWriter out, Counter.State value) {
      out.put(VALUE, value.value());
    }

    @Override
    public void change(StateWriter out, Counter.State before, Counter.State after) {
      out.change(VALUE, before.value(), after.value());
    }

    @Override
    public Counter.State read(StateReader in) {
      long value = 0;
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "value" -> value = in.term().readLong();
          default -> in.skip();
        }
      }
      return new Counter.State(value);
    }
  }

  private static final class IncrementRecord extends RecordCodec<Counter.Increment> {
    static final IncrementRecord INSTANCE = new IncrementRecord();

    @Override
    protected void writeRecord(TermWriter out, Counter.Increment value) {
      out.startMap(1);
      out.name("by");
      out.writeLong(value.by());
      out.endMap();
    }

    @Override
    protected Counter.Increment readRecord(TermReader in) {
      long by = 0;
      in.startRecord("Increment");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "by" -> by = in.readLong();
          default -> in.skip();
        }
      }
      return new Counter.Increment(by);
    }
  }
}
