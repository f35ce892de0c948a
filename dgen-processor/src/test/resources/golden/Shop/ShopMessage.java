package sample;

import io.dgen.generated.MessageWrapper;
import io.dgen.generated.ServerMessage;
import javax.annotation.processing.Generated;

/**
 * A message of {@link Shop}. A switch over its classes, or its kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public sealed interface ShopMessage extends ServerMessage {
  /**
   * A message that has a reply.
   */
  sealed interface Call extends ShopMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends ShopMessage {
  }

  /**
   * A message that goes past the queue.
   */
  sealed interface Info extends ShopMessage {
  }

  /**
   * A message that only reads.
   */
  sealed interface Query extends ShopMessage {
  }

  /**
   * A {@link Shop.Pay}.
   */
  final class Pay extends MessageWrapper<Shop.Pay> implements Call {
    public Pay(Shop.Pay message) {
      super(message);
    }
  }

  /**
   * A {@link Shop.Refund}.
   */
  final class Refund extends MessageWrapper<Shop.Refund> implements Cast {
    public Refund(Shop.Refund message) {
      super(message);
    }
  }

  /**
   * A {@link Shop.Await}.
   */
  final class Await extends MessageWrapper<Shop.Await> implements Call {
    public Await(Shop.Await message) {
      super(message);
    }
  }

  /**
   * A {@link Shop.Either}.
   */
  final class Either extends MessageWrapper<Shop.Either> implements Call {
    public Either(Shop.Either message) {
      super(message);
    }
  }

  /**
   * A {@link Shop.Leave}.
   */
  final class Leave extends MessageWrapper<Shop.Leave> implements Info {
    public Leave(Shop.Leave message) {
      super(message);
    }
  }

  /**
   * A {@link Shop.Last}.
   */
  final class Last extends MessageWrapper<Shop.Last> implements Call {
    public Last(Shop.Last message) {
      super(message);
    }
  }

  /**
   * A {@link Shop.Paid}.
   */
  final class Paid extends MessageWrapper<Shop.Paid> implements Query {
    public Paid(Shop.Paid message) {
      super(message);
    }
  }

  /**
   * A {@link Shop.Owes}.
   */
  final class Owes extends MessageWrapper<Shop.Owes> implements Query {
    public Owes(Shop.Owes message) {
      super(message);
    }
  }
}
