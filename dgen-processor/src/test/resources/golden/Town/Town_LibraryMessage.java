package sample;

import io.dgen.generated.MessageWrapper;
import io.dgen.generated.ServerMessage;
import javax.annotation.processing.Generated;

/**
 * A message of {@link Town.Library}. A switch over its classes, or its kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
sealed interface Town_LibraryMessage extends ServerMessage {
  /**
   * A message that has a reply.
   */
  sealed interface Call extends Town_LibraryMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends Town_LibraryMessage {
  }

  /**
   * A message that goes past the queue.
   */
  sealed interface Info extends Town_LibraryMessage {
  }

  /**
   * A {@link Town.Library.Add}.
   */
  final class Add extends MessageWrapper<Town.Library.Add> implements Cast {
    public Add(Town.Library.Add message) {
      super(message);
    }
  }

  /**
   * A {@link Town.Library.Seal}.
   */
  final class Seal extends MessageWrapper<Town.Library.Seal> implements Info {
    public Seal(Town.Library.Seal message) {
      super(message);
    }
  }

  /**
   * A {@link Town.Library.Lend}.
   */
  final class Lend extends MessageWrapper<Town.Library.Lend> implements Call {
    public Lend(Town.Library.Lend message) {
      super(message);
    }
  }

  /**
   * A {@link Town.Library.LoanOf}.
   */
  final class LoanOf extends MessageWrapper<Town.Library.LoanOf> implements Call {
    public LoanOf(Town.Library.LoanOf message) {
      super(message);
    }
  }

  /**
   * A {@link Town.Library.Titles}.
   */
  final class Titles extends MessageWrapper<Town.Library.Titles> implements Call {
    public Titles(Town.Library.Titles message) {
      super(message);
    }
  }

  /**
   * A {@link Town.Library.Sync}.
   */
  final class Sync extends MessageWrapper<Town.Library.Sync> implements Call {
    public Sync(Town.Library.Sync message) {
      super(message);
    }
  }
}
