package sample;

import io.dgen.codec.AssignsCodec;
import io.dgen.codec.SchemaVersion;
import io.dgen.codec.StateCodec;
import io.dgen.codec.StateName;
import io.dgen.codec.StateReader;
import io.dgen.codec.StateWriter;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermCodecs;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.codec.VersionedMessages;
import io.dgen.spi.MessageCodec;
import io.dgen.spi.MessageKind;
import java.lang.IllegalArgumentException;
import java.lang.Object;
import java.lang.Override;
import java.lang.String;
import java.lang.SuppressWarnings;
import javax.annotation.processing.Generated;

/**
 * Writes and reads the messages and the state of {@link Counter}. Thread-safe.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class CounterCodec {
  private static final SchemaVersion SCHEMA = new SchemaVersion(-2139811454);

  /**
   * The codec of the messages and replies.
   */
  public static final MessageCodec<CounterMessage> MESSAGES = new Messages();

  /**
   * The codec of the state.
   */
  public static final StateCodec<Counter.State> STATES = StateCodec.of("Counter.State", StateRecord.INSTANCE, SCHEMA);

  private CounterCodec() {
  }

  private static final class Messages implements MessageCodec<CounterMessage> {
    @Override
    public String name(CounterMessage message) {
      return switch (message) {
        case CounterMessage.Increment m -> "Increment";
        case CounterMessage.Value m -> "Value";
      };
    }

    @Override
    public MessageKind kind(CounterMessage message) {
      return switch (message) {
        case CounterMessage.Increment m -> MessageKind.CAST;
        case CounterMessage.Value m -> MessageKind.CALL;
      };
    }

    @Override
    public void write(CounterMessage message, TermWriter out) {
      VersionedMessages.start(out, SCHEMA);
      switch (message) {
        case CounterMessage.Increment m -> IncrementRecord.INSTANCE.write(out, m.message());
        case CounterMessage.Value m -> ValueRecord.INSTANCE.write(out, m.message());
      }
      out.endList();
    }

    @Override
    public CounterMessage read(String name, TermReader in) {
      return VersionedMessages.read(in, name, SCHEMA, () -> switch (name) {
        case "Increment" -> new CounterMessage.Increment(IncrementRecord.INSTANCE.read(in));
        case "Value" -> new CounterMessage.Value(ValueRecord.INSTANCE.read(in));
        default -> throw in.fail("no message record named " + name + " in server Counter; is this node older than the sender?");
      });
    }

    @Override
    public CounterMessage freeze(CounterMessage message) {
      return message;
    }

    @Override
    public TermCodec<Object> replyCodec(CounterMessage message) {
      return switch (message) {
        case CounterMessage.Increment m -> throw new IllegalArgumentException("Increment is not a call and has no reply");
        case CounterMessage.Value m -> TermCodecs.untyped(TermCodecs.LONG);
      };
    }
  }

  private static final class StateRecord implements AssignsCodec<Counter.State> {
    static final StateRecord INSTANCE = new StateRecord();

    private static final StateName VALUE = StateName.of("value");

    @Override
    public void write(TermWriter out, Counter.State value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(1);
      out.name("value");
      out.writeLong(value.value());
      out.endMap();
    }

    @Override
    public Counter.State read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
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
    public Counter.State freeze(Counter.State value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }

    @Override
    public boolean hasParts(Counter.State value) {
      return true;
    }

    @Override
    public void put(StateWriter out, Counter.State value) {
      out.put(VALUE, value.value());
    }

    @Override
    public void change(StateWriter out, Counter.State before, Counter.State after) {
      if (before.value() != after.value()) {
        out.put(VALUE, after.value());
      }
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

    @Override
    public Counter.State freeze(Counter.State before, Counter.State after) {
      return after;
    }
  }

  private static final class IncrementRecord implements TermCodec<Counter.Increment> {
    static final IncrementRecord INSTANCE = new IncrementRecord();

    @Override
    public void write(TermWriter out, Counter.Increment value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(1);
      out.name("by");
      out.writeLong(value.by());
      out.endMap();
    }

    @Override
    public Counter.Increment read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
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

    @Override
    public Counter.Increment freeze(Counter.Increment value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  private static final class ValueRecord implements TermCodec<Counter.Value> {
    static final ValueRecord INSTANCE = new ValueRecord();

    @Override
    public void write(TermWriter out, Counter.Value value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(0);
      out.endMap();
    }

    @Override
    public Counter.Value read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      in.startRecord("Value");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.skip();
      }
      return new Counter.Value();
    }

    @Override
    public Counter.Value freeze(Counter.Value value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }
}
