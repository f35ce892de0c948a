package sample;

import io.dgen.generated.Answered;
import io.dgen.generated.MessageWrapper;
import io.dgen.generated.ServerMessage;
import java.util.List;
import javax.annotation.processing.Generated;
import sample.depot.Stock;

/**
 * A message of {@link Order}. A switch over its classes, or its kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public sealed interface OrderMessage extends ServerMessage {
  /**
   * A message that has a reply.
   */
  sealed interface Call extends OrderMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends OrderMessage {
  }

  /**
   * The answer to what another entity was asked.
   */
  sealed interface Answer extends OrderMessage {
  }

  /**
   * A {@link Order.Place}.
   */
  final class Place extends MessageWrapper<Order.Place> implements Cast {
    public Place(Order.Place message) {
      super(message);
    }
  }

  /**
   * A {@link Order.Reserve}.
   */
  final class Reserve extends MessageWrapper<Order.Reserve> implements Call {
    public Reserve(Order.Reserve message) {
      super(message);
    }
  }

  /**
   * The answer to a {@link Stock.Reserve}.
   */
  final class StockReserve extends MessageWrapper<Answered<Stock.Reserve, Boolean>> implements Answer {
    public StockReserve(Answered<Stock.Reserve, Boolean> message) {
      super(message);
    }
  }

  /**
   * The answer to a {@link Stock.Release}.
   */
  final class StockRelease extends MessageWrapper<Answered<Stock.Release, Void>> implements Answer {
    public StockRelease(Answered<Stock.Release, Void> message) {
      super(message);
    }
  }

  /**
   * The answer to a {@link Stock.Everything}.
   */
  final class StockEverything extends MessageWrapper<Answered<Stock.Everything, List<Stock.Item>>> implements Answer {
    public StockEverything(Answered<Stock.Everything, List<Stock.Item>> message) {
      super(message);
    }
  }

  /**
   * The answer to a {@link Shop.Last}.
   */
  final class ShopLast extends MessageWrapper<Answered<Shop.Last, Void>> implements Answer {
    public ShopLast(Answered<Shop.Last, Void> message) {
      super(message);
    }
  }

  /**
   * The answer to a {@link Order.Reserve}.
   */
  final class OrderReserve extends MessageWrapper<Answered<Order.Reserve, Long>> implements Answer {
    public OrderReserve(Answered<Order.Reserve, Long> message) {
      super(message);
    }
  }
}
