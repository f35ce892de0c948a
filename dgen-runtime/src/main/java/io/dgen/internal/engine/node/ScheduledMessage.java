package io.dgen.internal.engine.node;

import io.dgen.Scheduled;
import io.dgen.generated.Sender;
import io.dgen.store.Transaction;
import org.jspecify.annotations.Nullable;

/** The handle of a delayed message: its name, and the node that cancels it. */
final class ScheduledMessage implements Scheduled {

  private final Sender sender;
  private final String text;

  ScheduledMessage(Sender sender, String text) {
    this.sender = sender;
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public boolean cancel() {
    return sender.cancel(text);
  }

  @Override
  public boolean cancel(Transaction transaction) {
    return sender.cancel(text, transaction);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Scheduled that && text.equals(that.text());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
