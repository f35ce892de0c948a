package sample;

import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.Messages;
import io.dgen.generated.StepForms;
import io.dgen.generated.codec.EmptyRecordCodec;
import io.dgen.generated.codec.RecordCodec;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateName;
import io.dgen.generated.codec.StateReader;
import io.dgen.generated.codec.StateRecordCodec;
import io.dgen.generated.codec.StateWriter;
import io.dgen.generated.codec.TermCodecs;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * Writes and reads the messages and the state of {@link Shop}. Thread-safe.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class ShopCodec {
  private static final SchemaVersion SCHEMA = new SchemaVersion(-1889597779);

  private static final TermCodec<Shop.Await> AWAIT_RECORD = new EmptyRecordCodec<>("Await", Shop.Await::new);

  private static final TermCodec<Shop.Either> EITHER_RECORD = new EmptyRecordCodec<>("Either", Shop.Either::new);

  private static final TermCodec<Shop.Leave> LEAVE_RECORD = new EmptyRecordCodec<>("Leave", Shop.Leave::new);

  private static final TermCodec<Shop.Last> LAST_RECORD = new EmptyRecordCodec<>("Last", Shop.Last::new);

  private static final TermCodec<Shop.Paid> PAID_RECORD = new EmptyRecordCodec<>("Paid", Shop.Paid::new);

  private static final TermCodec<List<Long>> LIST_OF_LONG = TermCodecs.list(TermCodecs.LONG);

  /**
   * The codec of the messages and replies.
   */
  public static final MessageCodec<ShopMessage> MESSAGES = Messages.<ShopMessage>of("Shop", SCHEMA)
    .call("Pay", ShopMessage.Pay.class, ShopMessage.Pay::new, PayRecord.INSTANCE, TermCodecs.BOOLEAN)
    .cast("Refund", ShopMessage.Refund.class, ShopMessage.Refund::new, RefundRecord.INSTANCE)
    .call("Await", ShopMessage.Await.class, ShopMessage.Await::new, AWAIT_RECORD, TermCodecs.LONG)
    .call("Either", ShopMessage.Either.class, ShopMessage.Either::new, EITHER_RECORD, TermCodecs.LONG)
    .info("Leave", ShopMessage.Leave.class, ShopMessage.Leave::new, LEAVE_RECORD)
    .call("Last", ShopMessage.Last.class, ShopMessage.Last::new, LAST_RECORD, TermCodecs.NOTHING)
    .query("Paid", ShopMessage.Paid.class, ShopMessage.Paid::new, PAID_RECORD, TermCodecs.LONG)
    .query("Owes", ShopMessage.Owes.class, ShopMessage.Owes::new, OwesRecord.INSTANCE, TermCodecs.LONG)
    .build();

  /**
   * The codec of the state.
   */
  public static final StateCodec<Shop.State> STATES = StateCodec.of("Shop.State", StateRecord.INSTANCE, SCHEMA);

  /**
   * The steps, and the codecs of their results.
   */
  public static final StepForms STEPS = StepForms.of("Shop")
      .step("Charge", LIST_OF_LONG, "Bill")
      .step("Notify", TermCodecs.NOTHING);

  private ShopCodec() {
  }

  private static final class StateRecord extends StateRecordCodec<Shop.State> {
    static final StateRecord INSTANCE = new StateRecord();

    private static final StateName PAID = StateName.of("paid");

    @Override
    protected void writeRecord(TermWriter out, Shop.State value) {
      out.startMap(1);
      out.name("paid");
      out.writeLong(value.paid());
      out.endMap();
    }

    @Override
    protected Shop.State readRecord(TermReader in) {
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
    public void put(StateWriter out, Shop.State value) {
      out.put(PAID, value.paid());
    }

    @Override
    public void change(StateWriter out, Shop.State before, Shop.State after) {
      out.change(PAID, before.paid(), after.paid());
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
  }

  private static final class PayRecord extends RecordCodec<Shop.Pay> {
    static final PayRecord INSTANCE = new PayRecord();

    @Override
    protected void writeRecord(TermWriter out, Shop.Pay value) {
      out.startMap(1);
      out.name("amount");
      out.writeLong(value.amount());
      out.endMap();
    }

    @Override
    protected Shop.Pay readRecord(TermReader in) {
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
  }

  private static final class RefundRecord extends RecordCodec<Shop.Refund> {
    static final RefundRecord INSTANCE = new RefundRecord();

    @Override
    protected void writeRecord(TermWriter out, Shop.Refund value) {
      out.startMap(1);
      out.name("amount");
      out.writeLong(value.amount());
      out.endMap();
    }

    @Override
    protected Shop.Refund readRecord(TermReader in) {
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
  }

  private static final class OwesRecord extends RecordCodec<Shop.Owes> {
    static final OwesRecord INSTANCE = new OwesRecord();

    @Override
    protected void writeRecord(TermWriter out, Shop.Owes value) {
      out.startMap(2);
      out.name("price");
      out.writeLong(value.price());
      out.name("count");
      out.writeInt(value.count());
      out.endMap();
    }

    @Override
    protected Shop.Owes readRecord(TermReader in) {
      long price = 0;
      int count = 0;
      in.startRecord("Owes");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "price" -> price = in.readLong();
          case "count" -> count = in.readInt();
          default -> in.skip();
        }
      }
      return new Shop.Owes(price, count);
    }
  }
}
