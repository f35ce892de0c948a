package io.dgen.internal.engine.work;

import io.dgen.generated.MessageCodec;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * Adds the entity and the message to every line that is logged while callbacks run: SLF4J's mapped
 * diagnostic context, under the keys {@code dgen.server}, {@code dgen.id} and {@code dgen.message}.
 * Does nothing if the logging system has no such context. Thread-safe.
 */
public final class LogContext {

  private static final String SERVER = "dgen.server";
  private static final String ID = "dgen.id";
  private static final String MESSAGE = "dgen.message";

  private final boolean isUsed = !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);

  /** Sets the entity that this thread works for from now on. */
  public void enter(Address address) {
    if (isUsed) {
      MDC.clear(); // Left by user code.
      MDC.put(SERVER, address.server());
      MDC.put(ID, Texts.escaped(address.id()));
    }
  }

  /** Sets the message that this thread works on from now on. */
  public <M> void message(MessageCodec<M> codec, M message) {
    if (isUsed) {
      MDC.put(MESSAGE, codec.name(message));
    }
  }

  /** Sets the message that this thread works on from now on. */
  public void message(String name) {
    if (isUsed) {
      MDC.put(MESSAGE, name);
    }
  }

  /** Clears the message, and everything that the callback put into the context. */
  public void endMessage(Address address) {
    enter(address);
  }

  /** Clears the context: this thread no longer works for an entity. */
  public void leave() {
    if (isUsed) {
      MDC.clear();
    }
  }
}
