package sample;

import io.dgen.Context;
import io.dgen.generated.AskRef;
import io.dgen.generated.AskSender;
import io.dgen.generated.Asking;
import javax.annotation.processing.Generated;
import sample.depot.Stock;
import sample.depot.StockCodec;
import sample.depot.StockMessage;

/**
 * Asks other entities, as part of a callback's transaction. {@link Order} gets each answer in {@code
 * handleAnswer}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class OrderAsks {
  private final Asking<OrderMessage> asking;

  private OrderAsks(Asking<OrderMessage> asking) {
    this.asking = asking;
  }

  /**
   * Returns what asks within a callback's transaction.
   */
  public static OrderAsks in(Context context) {
    return new OrderAsks(Asking.in(context, "Order", OrderCodec.MESSAGES));
  }

  /**
   * Returns what asks an entity of {@link Stock}.
   */
  public ToStock stock(String id) {
    return new ToStock(asking.to("stock of goods", id, StockCodec.MESSAGES));
  }

  /**
   * Returns what asks an entity of {@link Shop}.
   */
  public ToShop shop(String id) {
    return new ToShop(asking.to("Shop", id, ShopCodec.MESSAGES));
  }

  /**
   * Returns what asks an entity of {@link Order}.
   */
  public ToOrder order(String id) {
    return new ToOrder(asking.to("Order", id, OrderCodec.MESSAGES));
  }

  /**
   * Asks an entity of {@link Stock}.
   */
  public static final class ToStock extends AskSender<StockMessage, ToStock> {
    private ToStock(AskRef<StockMessage> ref) {
      super(ref, ToStock::new);
    }

    /**
     * Asks with {@link Stock.Reserve} if the transaction commits; the answer comes to {@code handleAnswer}.
     */
    public void reserve(String order, int count) {
      reserve(new Stock.Reserve(order, count));
    }

    public void reserve(Stock.Reserve message) {
      this.ref.ask(new StockMessage.Reserve(message));
    }

    /**
     * Asks with {@link Stock.Release} if the transaction commits; the answer comes to {@code handleAnswer}.
     */
    public void release(String order) {
      release(new Stock.Release(order));
    }

    public void release(Stock.Release message) {
      this.ref.ask(new StockMessage.Release(message));
    }

    /**
     * Asks with {@link Stock.Everything} if the transaction commits; the answer comes to {@code handleAnswer}.
     */
    public void all(String... goods) {
      all(new Stock.Everything(goods));
    }

    public void all(Stock.Everything message) {
      this.ref.ask(new StockMessage.Everything(message));
    }
  }

  /**
   * Asks an entity of {@link Shop}.
   */
  public static final class ToShop extends AskSender<ShopMessage, ToShop> {
    private ToShop(AskRef<ShopMessage> ref) {
      super(ref, ToShop::new);
    }

    /**
     * Asks with {@link Shop.Last} if the transaction commits; the answer comes to {@code handleAnswer}.
     */
    public void last() {
      this.ref.ask(new ShopMessage.Last(new Shop.Last()));
    }
  }

  /**
   * Asks an entity of {@link Order}.
   */
  public static final class ToOrder extends AskSender<OrderMessage, ToOrder> {
    private ToOrder(AskRef<OrderMessage> ref) {
      super(ref, ToOrder::new);
    }

    /**
     * Asks with {@link Order.Reserve} if the transaction commits; the answer comes to {@code handleAnswer}.
     */
    public void reserve(String order) {
      reserve(new Order.Reserve(order));
    }

    public void reserve(Order.Reserve message) {
      this.ref.ask(new OrderMessage.Reserve(message));
    }
  }
}
