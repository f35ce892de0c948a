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
 * Writes and reads the messages and the state of {@link Shop}. Thread-safe.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class ShopCodec {
  private static final SchemaVersion SCHEMA = new SchemaVersion(-64514422);

  /**
   * The codec of the messages and replies.
   */
  public static final MessageCodec<ShopMessage> MESSAGES = new Messages();

  /**
   * The codec of the state.
   */
  public static final StateCodec<Shop.State> STATES = StateCodec.of("Shop.State", StateRecord.INSTANCE, SCHEMA);

  private ShopCodec() {
  }

  private static final class Messages implements MessageCodec<ShopMessage> {
    @Override
    public String name(ShopMessage message) {
      return switch (message) {
        case ShopMessage.Pay m -> "Pay";
        case ShopMessage.Refund m -> "Refund";
        case ShopMessage.Await m -> "Await";
        case ShopMessage.Either m -> "Either";
        case ShopMessage.Leave m -> "Leave";
        case ShopMessage.Last m -> "Last";
      };
    }

    @Override
    public MessageKind kind(ShopMessage message) {
      return switch (message) {
        case ShopMessage.Pay m -> MessageKind.CALL;
        case ShopMessage.Refund m -> MessageKind.CAST;
        case ShopMessage.Await m -> MessageKind.CALL;
        case ShopMessage.Either m -> MessageKind.CALL;
        case ShopMessage.Leave m -> MessageKind.INFO;
        case ShopMessage.Last m -> MessageKind.CALL;
      };
    }

    @Override
    public void write(ShopMessage message, TermWriter out) {
      VersionedMessages.start(out, SCHEMA);
      switch (message) {
        case ShopMessage.Pay m -> PayRecord.INSTANCE.write(out, m.message());
        case ShopMessage.Refund m -> RefundRecord.INSTANCE.write(out, m.message());
        case ShopMessage.Await m -> AwaitRecord.INSTANCE.write(out, m.message());
        case ShopMessage.Either m -> EitherRecord.INSTANCE.write(out, m.message());
        case ShopMessage.Leave m -> LeaveRecord.INSTANCE.write(out, m.message());
        case ShopMessage.Last m -> LastRecord.INSTANCE.write(out, m.message());
      }
      out.endList();
    }

    @Override
    public ShopMessage read(String name, TermReader in) {
      return VersionedMessages.read(in, name, SCHEMA, () -> switch (name) {
        case "Pay" -> new ShopMessage.Pay(PayRecord.INSTANCE.read(in));
        case "Refund" -> new ShopMessage.Refund(RefundRecord.INSTANCE.read(in));
        case "Await" -> new ShopMessage.Await(AwaitRecord.INSTANCE.read(in));
        case "Either" -> new ShopMessage.Either(EitherRecord.INSTANCE.read(in));
        case "Leave" -> new ShopMessage.Leave(LeaveRecord.INSTANCE.read(in));
        case "Last" -> new ShopMessage.Last(LastRecord.INSTANCE.read(in));
        default -> throw in.fail("no message record named " + name + " in server Shop; is this node older than the sender?");
      });
    }

    @Override
    public ShopMessage freeze(ShopMessage message) {
      return message;
    }

    @Override
    public TermCodec<Object> replyCodec(ShopMessage message) {
      return switch (message) {
        case ShopMessage.Pay m -> TermCodecs.untyped(TermCodecs.BOOLEAN);
        case ShopMessage.Refund m -> throw new IllegalArgumentException("Refund is not a call and has no reply");
        case ShopMessage.Await m -> TermCodecs.untyped(TermCodecs.LONG);
        case ShopMessage.Either m -> TermCodecs.untyped(TermCodecs.LONG);
        case ShopMessage.Leave m -> throw new IllegalArgumentException("Leave is not a call and has no reply");
        case ShopMessage.Last m -> TermCodecs.untyped(TermCodecs.NOTHING);
      };
    }
  }

  private static final class StateRecord implements AssignsCodec<Shop.State> {
    static final StateRecord INSTANCE = new StateRecord();

    private static final StateName PAID = StateName.of("paid");

    @Override
    public void write(TermWriter out, Shop.State value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(1);
      out.name("paid");
      out.writeLong(value.paid());
      out.endMap();
    }

    @Override
    public Shop.State read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      long paid = 0;
      in.startRecord("State");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "paid" -> paid = in.readLong();
          default -> in.skip();
        }
      }
      return new Shop.State(paid);
    }

    @Override
    public Shop.State freeze(Shop.State value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }

    @Override
    public boolean hasParts(Shop.State value) {
      return true;
    }

    @Override
    public void put(StateWriter out, Shop.State value) {
      out.put(PAID, value.paid());
    }

    @Override
    public void change(StateWriter out, Shop.State before, Shop.State after) {
      if (before.paid() != after.paid()) {
        out.put(PAID, after.paid());
      }
    }

    @Override
    public Shop.State read(StateReader in) {
      long paid = 0;
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "paid" -> paid = in.term().readLong();
          default -> in.skip();
        }
      }
      return new Shop.State(paid);
    }

    @Override
    public Shop.State freeze(Shop.State before, Shop.State after) {
      return after;
    }
  }

  private static final class PayRecord implements TermCodec<Shop.Pay> {
    static final PayRecord INSTANCE = new PayRecord();

    @Override
    public void write(TermWriter out, Shop.Pay value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(1);
      out.name("amount");
      out.writeLong(value.amount());
      out.endMap();
    }

    @Override
    public Shop.Pay read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      long amount = 0;
      in.startRecord("Pay");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "amount" -> amount = in.readLong();
          default -> in.skip();
        }
      }
      return new Shop.Pay(amount);
    }

    @Override
    public Shop.Pay freeze(Shop.Pay value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  private static final class RefundRecord implements TermCodec<Shop.Refund> {
    static final RefundRecord INSTANCE = new RefundRecord();

    @Override
    public void write(TermWriter out, Shop.Refund value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(1);
      out.name("amount");
      out.writeLong(value.amount());
      out.endMap();
    }

    @Override
    public Shop.Refund read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      long amount = 0;
      in.startRecord("Refund");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "amount" -> amount = in.readLong();
          default -> in.skip();
        }
      }
      return new Shop.Refund(amount);
    }

    @Override
    public Shop.Refund freeze(Shop.Refund value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  private static final class AwaitRecord implements TermCodec<Shop.Await> {
    static final AwaitRecord INSTANCE = new AwaitRecord();

    @Override
    public void write(TermWriter out, Shop.Await value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(0);
      out.endMap();
    }

    @Override
    public Shop.Await read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      in.startRecord("Await");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.skip();
      }
      return new Shop.Await();
    }

    @Override
    public Shop.Await freeze(Shop.Await value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  private static final class EitherRecord implements TermCodec<Shop.Either> {
    static final EitherRecord INSTANCE = new EitherRecord();

    @Override
    public void write(TermWriter out, Shop.Either value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(0);
      out.endMap();
    }

    @Override
    public Shop.Either read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      in.startRecord("Either");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.skip();
      }
      return new Shop.Either();
    }

    @Override
    public Shop.Either freeze(Shop.Either value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  private static final class LeaveRecord implements TermCodec<Shop.Leave> {
    static final LeaveRecord INSTANCE = new LeaveRecord();

    @Override
    public void write(TermWriter out, Shop.Leave value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(0);
      out.endMap();
    }

    @Override
    public Shop.Leave read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      in.startRecord("Leave");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.skip();
      }
      return new Shop.Leave();
    }

    @Override
    public Shop.Leave freeze(Shop.Leave value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  private static final class LastRecord implements TermCodec<Shop.Last> {
    static final LastRecord INSTANCE = new LastRecord();

    @Override
    public void write(TermWriter out, Shop.Last value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      out.startMap(0);
      out.endMap();
    }

    @Override
    public Shop.Last read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      in.startRecord("Last");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        in.skip();
      }
      return new Shop.Last();
    }

    @Override
    public Shop.Last freeze(Shop.Last value) {
      return value;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }
}
