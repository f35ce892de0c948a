package io.dgen.internal.engine.work;

import io.dgen.generated.MessageCodec;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * Puts the entity and the message into every line that is logged while callbacks run: SLF4J's
 * mapped diagnostic context, under the keys {@code dgen.server}, {@code dgen.id} and {@code
 * dgen.message}. Does nothing where the logging system has no such context. Thread-safe.
 */
public final class LogContext {

  private static final String SERVER = "dgen.server";
  private static final String ID = "dgen.id";
  private static final String MESSAGE = "dgen.message";

  private final boolean isUsed = !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);

  /** What this thread does from now on is done for an entity. */
  public void enter(Address address) {
    if (isUsed) {
      MDC.clear(); // What user code left here.
      MDC.put(SERVER, address.server());
      MDC.put(ID, Texts.escaped(address.id()));
    }
  }

  /** What this thread does from now on is the work of a message. */
  public <M> void message(MessageCodec<M> codec, M message) {
    if (isUsed) {
      MDC.put(MESSAGE, codec.name(message));
    }
  }

  /** What this thread does from now on is the work of a message. */
  public void message(String name) {
    if (isUsed) {
      MDC.put(MESSAGE, name);
    }
  }

  /** The message's work is done. What the callback put into the context goes with it. */
  public void endMessage(Address address) {
    enter(address);
  }

  /** What this thread does from now on is done for nobody. */
  public void leave() {
    if (isUsed) {
      MDC.clear();
    }
  }
}
