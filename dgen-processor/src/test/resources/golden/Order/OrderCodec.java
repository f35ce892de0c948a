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
import java.util.List;
import javax.annotation.processing.Generated;
import sample.depot.Stock;

/**
 * Writes and reads the messages and the state of {@link Order}. Thread-safe.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class OrderCodec {
  private static final SchemaVersion SCHEMA = new SchemaVersion(-560846532);

  private static final TermCodec<Shop.Last> LAST_RECORD = new EmptyRecordCodec<>("Last", Shop.Last::new);

  private static final TermCodec<List<String>> LIST_OF_STRING = TermCodecs.list(TermCodecs.STRING);

  private static final TermCodec<String[]> ARRAY_OF_STRING = TermCodecs.array(TermCodecs.STRING, String[]::new);

  private static final TermCodec<List<Stock.Item>> LIST_OF_ITEM = TermCodecs.list(ItemRecord.INSTANCE);

  /**
   * The codec of the messages and replies.
   */
  public static final MessageCodec<OrderMessage> MESSAGES = Messages.<OrderMessage>of("Order", SCHEMA)
    .cast("Place", OrderMessage.Place.class, OrderMessage.Place::new, PlaceRecord.INSTANCE)
    .call("Reserve", OrderMessage.Reserve.class, OrderMessage.Reserve::new, ReserveRecord.INSTANCE, TermCodecs.LONG)
    .answer("stock of goods", "Reserve", OrderMessage.StockReserve.class, OrderMessage.StockReserve::new, ReserveRecord_.INSTANCE, TermCodecs.BOOLEAN)
    .answer("stock of goods", "Release", OrderMessage.StockRelease.class, OrderMessage.StockRelease::new, ReleaseRecord.INSTANCE, TermCodecs.NOTHING)
    .renamed("stock of goods.Release", "stock of goods.Free")
    .answer("stock of goods", "Everything", OrderMessage.StockEverything.class, OrderMessage.StockEverything::new, EverythingRecord.INSTANCE, LIST_OF_ITEM)
    .answer("Shop", "Last", OrderMessage.ShopLast.class, OrderMessage.ShopLast::new, LAST_RECORD, TermCodecs.NOTHING)
    .answer("Order", "Reserve", OrderMessage.OrderReserve.class, OrderMessage.OrderReserve::new, ReserveRecord.INSTANCE, TermCodecs.LONG)
    .build();

  /**
   * The codec of the state.
   */
  public static final StateCodec<Order.State> STATES = StateCodec.of("Order.State", StateRecord.INSTANCE, SCHEMA);

  private OrderCodec() {
  }

  private static final class StateRecord extends StateRecordCodec<Order.State> {
    static final StateRecord INSTANCE = new StateRecord();

    private static final StateName GOODS = StateName.of("goods");

    private static final StateName PAID = StateName.of("paid");

    private static final StateName LOG = StateName.of("log");

    @Override
    protected void writeRecord(TermWriter out, Order.State value) {
      out.startMap(3);
      out.name("goods");
      TermCodecs.STRING.write(out, value.goods());
      out.name("paid");
      out.writeLong(value.paid());
      out.name("log");
      LIST_OF_STRING.write(out, value.log());
      out.endMap();
    }

    @Override
    protected Order.State readRecord(TermReader in) {
      String goods = null;
      long paid = 0;
      List<String> log = LIST_OF_STRING.missing();
      in.startRecord("State");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "goods" -> goods = TermCodecs.STRING.read(in);
          case "paid" -> paid = in.readLong();
          case "log" -> log = LIST_OF_STRING.read(in);
          default -> in.skip();
        }
      }
      return new Order.State(goods, paid, log);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Order.State freeze(Order.State value) {
      if (value == null) {
        return null;
      }
      List<String> log = LIST_OF_STRING.freeze(value.log());
      return log == value.log() ? value : new Order.State(value.goods(), value.paid(), log);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public boolean isFixed() {
      return true;
    }

    @Override
    public void put(StateWriter out, Order.State value) {
      out.putTerm(GOODS, TermCodecs.STRING, value.goods());
      out.put(PAID, value.paid());
      out.putTerm(LOG, LIST_OF_STRING, value.log());
    }

    @Override
    public void change(StateWriter out, Order.State before, Order.State after) {
      out.changeTerm(GOODS, TermCodecs.STRING, before.goods(), after.goods());
      out.change(PAID, before.paid(), after.paid());
      out.changeTerm(LOG, LIST_OF_STRING, before.log(), after.log());
    }

    @Override
    public Order.State read(StateReader in) {
      String goods = null;
      long paid = 0;
      List<String> log = LIST_OF_STRING.missing();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "goods" -> goods = in.readTerm(TermCodecs.STRING);
          case "paid" -> paid = in.term().readLong();
          case "log" -> log = in.readTerm(LIST_OF_STRING);
          default -> in.skip();
        }
      }
      return new Order.State(goods, paid, log);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Order.State freeze(Order.State before, Order.State after) {
      if (after == null || after == before) {
        return after;
      }
      List<String> log = LIST_OF_STRING.freeze(before == null ? null : before.log(), after.log());
      return log == after.log() ? after : new Order.State(after.goods(), after.paid(), log);
    }
  }

  private static final class PlaceRecord extends RecordCodec<Order.Place> {
    static final PlaceRecord INSTANCE = new PlaceRecord();

    @Override
    protected void writeRecord(TermWriter out, Order.Place value) {
      out.startMap(2);
      out.name("goods");
      TermCodecs.STRING.write(out, value.goods());
      out.name("count");
      out.writeInt(value.count());
      out.endMap();
    }

    @Override
    protected Order.Place readRecord(TermReader in) {
      String goods = null;
      int count = 0;
      in.startRecord("Place");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "goods" -> goods = TermCodecs.STRING.read(in);
          case "count" -> count = in.readInt();
          default -> in.skip();
        }
      }
      return new Order.Place(goods, count);
    }
  }

  private static final class ReserveRecord extends RecordCodec<Order.Reserve> {
    static final ReserveRecord INSTANCE = new ReserveRecord();

    @Override
    protected void writeRecord(TermWriter out, Order.Reserve value) {
      out.startMap(1);
      out.name("order");
      TermCodecs.STRING.write(out, value.order());
      out.endMap();
    }

    @Override
    protected Order.Reserve readRecord(TermReader in) {
      String order = null;
      in.startRecord("Reserve");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "order" -> order = TermCodecs.STRING.read(in);
          default -> in.skip();
        }
      }
      return new Order.Reserve(order);
    }
  }

  private static final class ReserveRecord_ extends RecordCodec<Stock.Reserve> {
    static final ReserveRecord_ INSTANCE = new ReserveRecord_();

    @Override
    protected void writeRecord(TermWriter out, Stock.Reserve value) {
      out.startMap(2);
      out.name("order");
      TermCodecs.STRING.write(out, value.order());
      out.name("count");
      out.writeInt(value.count());
      out.endMap();
    }

    @Override
    protected Stock.Reserve readRecord(TermReader in) {
      String order = null;
      int count = 0;
      in.startRecord("Reserve");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "order" -> order = TermCodecs.STRING.read(in);
          case "count" -> count = in.readInt();
          default -> in.skip();
        }
      }
      return new Stock.Reserve(order, count);
    }
  }

  private static final class ReleaseRecord extends RecordCodec<Stock.Release> {
    static final ReleaseRecord INSTANCE = new ReleaseRecord();

    @Override
    protected void writeRecord(TermWriter out, Stock.Release value) {
      out.startMap(1);
      out.name("order");
      TermCodecs.STRING.write(out, value.order());
      out.endMap();
    }

    @Override
    protected Stock.Release readRecord(TermReader in) {
      String order = null;
      in.startRecord("Release");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "order" -> order = TermCodecs.STRING.read(in);
          default -> in.skip();
        }
      }
      return new Stock.Release(order);
    }
  }

  private static final class EverythingRecord extends RecordCodec<Stock.Everything> {
    static final EverythingRecord INSTANCE = new EverythingRecord();

    @Override
    protected void writeRecord(TermWriter out, Stock.Everything value) {
      out.startMap(1);
      out.name("goods");
      ARRAY_OF_STRING.write(out, value.goods());
      out.endMap();
    }

    @Override
    protected Stock.Everything readRecord(TermReader in) {
      String[] goods = ARRAY_OF_STRING.missing();
      in.startRecord("Everything");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "goods" -> goods = ARRAY_OF_STRING.read(in);
          default -> in.skip();
        }
      }
      return new Stock.Everything(goods);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Stock.Everything freeze(Stock.Everything value) {
      if (value == null) {
        return null;
      }
      String[] goods = ARRAY_OF_STRING.freeze(value.goods());
      return goods == value.goods() ? value : new Stock.Everything(goods);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }
  }

  private static final class ItemRecord extends RecordCodec<Stock.Item> {
    static final ItemRecord INSTANCE = new ItemRecord();

    @Override
    protected void writeRecord(TermWriter out, Stock.Item value) {
      out.startMap(2);
      out.name("order");
      TermCodecs.STRING.write(out, value.order());
      out.name("count");
      out.writeInt(value.count());
      out.endMap();
    }

    @Override
    protected Stock.Item readRecord(TermReader in) {
      String order = null;
      int count = 0;
      in.startRecord("Item");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "order" -> order = TermCodecs.STRING.read(in);
          case "count" -> count = in.readInt();
          default -> in.skip();
        }
      }
      return new Stock.Item(order, count);
    }
  }
}
