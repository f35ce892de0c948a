package sample;

import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.generated.BatchRef;
import io.dgen.generated.CastClient;
import io.dgen.generated.CastSender;
import io.dgen.generated.DelayedRef;
import io.dgen.generated.EntityRef;
import io.dgen.generated.TransactionClient;
import io.dgen.generated.TransactionRef;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Drawing}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class DrawingClient extends CastClient<DrawingMessage, DrawingClient, DrawingClient.InTransaction, DrawingClient.Delayed, DrawingClient.Batch> {
  private DrawingClient(EntityRef<DrawingMessage> ref) {
    super(ref, DrawingClient::new, InTransaction::new, Delayed::new, Batch::new);
  }

  /**
   * Returns a client of one entity; the entity is created by its first message.
   */
  public static DrawingClient of(Dgen dgen, String id) {
    return new DrawingClient(EntityRef.of(dgen, "Drawing", id, DrawingCodec.MESSAGES));
  }

  /**
   * Sends {@link Drawing.Draw} and waits until it, or its effect, is durable.
   */
  public void draw(Locale locale, Drawing.Figure... figures) {
    draw(new Drawing.Draw(locale, figures));
  }

  public void draw(Drawing.Draw message) {
    this.ref.cast(new DrawingMessage.Draw(message));
  }

  /**
   * Sends {@link Drawing.Draw} without waiting; the future completes once it, or its effect, is durable.
   */
  public CompletableFuture<Void> drawAsync(Locale locale, Drawing.Figure... figures) {
    return drawAsync(new Drawing.Draw(locale, figures));
  }

  public CompletableFuture<Void> drawAsync(Drawing.Draw message) {
    return this.ref.castAsync(new DrawingMessage.Draw(message));
  }

  /**
   * Sends {@link Drawing.Find} and returns its reply, once that is durable.
   */
  public Drawing.Result<Drawing.Figure> find(String name) {
    return find(new Drawing.Find(name));
  }

  public Drawing.Result<Drawing.Figure> find(Drawing.Find message) {
    return this.ref.call(new DrawingMessage.Find(message));
  }

  /**
   * Sends {@link Drawing.Find} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Drawing.Result<Drawing.Figure>> findAsync(String name) {
    return findAsync(new Drawing.Find(name));
  }

  public CompletableFuture<Drawing.Result<Drawing.Figure>> findAsync(Drawing.Find message) {
    return this.ref.callAsync(new DrawingMessage.Find(message));
  }

  /**
   * Returns a client for use inside a callback, as part of its transaction.
   */
  public static InTransaction in(Context context, String id) {
    return new InTransaction(TransactionRef.of(context, "Drawing", id, DrawingCodec.MESSAGES));
  }

  /**
   * Sends casts as part of a transaction.
   */
  public static final class InTransaction extends TransactionClient<DrawingMessage, Delayed> {
    private InTransaction(TransactionRef<DrawingMessage> ref) {
      super(ref, Delayed::new);
    }

    /**
     * Sends {@link Drawing.Draw} if the transaction commits.
     */
    public void draw(Locale locale, Drawing.Figure... figures) {
      draw(new Drawing.Draw(locale, figures));
    }

    public void draw(Drawing.Draw message) {
      this.ref.cast(new DrawingMessage.Draw(message));
    }
  }

  /**
   * Sends delayed casts.
   */
  public static final class Delayed extends CastSender<DelayedRef<DrawingMessage>> {
    private Delayed(DelayedRef<DrawingMessage> ref) {
      super(ref);
    }

    /**
     * Sends {@link Drawing.Draw} with a delay, and returns the handle that cancels it.
     */
    public DelayedMessage draw(Locale locale, Drawing.Figure... figures) {
      return draw(new Drawing.Draw(locale, figures));
    }

    public DelayedMessage draw(Drawing.Draw message) {
      return this.ref.cast(new DrawingMessage.Draw(message));
    }
  }

  /**
   * Collects casts that are sent together.
   */
  public static final class Batch extends CastSender<BatchRef<DrawingMessage>> {
    private Batch(BatchRef<DrawingMessage> ref) {
      super(ref);
    }

    /**
     * Adds {@link Drawing.Draw} to the batch.
     */
    public void draw(Locale locale, Drawing.Figure... figures) {
      draw(new Drawing.Draw(locale, figures));
    }

    public void draw(Drawing.Draw message) {
      this.ref.add(new DrawingMessage.Draw(message));
    }
  }
}
