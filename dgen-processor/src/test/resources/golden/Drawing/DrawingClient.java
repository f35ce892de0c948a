package sample;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.Scheduled;
import io.dgen.generated.CastClient;
import io.dgen.generated.TransactionClient;
import io.dgen.spi.DelayedRef;
import io.dgen.spi.EntityRef;
import io.dgen.spi.TransactionRef;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Drawing}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class DrawingClient extends CastClient<DrawingMessage, DrawingClient, DrawingClient.InTransaction, DrawingClient.Delayed> {
  private DrawingClient(EntityRef<DrawingMessage> ref) {
    super(ref, DrawingClient::new, InTransaction::new, Delayed::new);
  }

  /**
   * Makes a client of one entity. This reads and writes nothing: the entity comes into being
   * with its first message.
   *
   * @param dgen the node to send from
   * @param id the entity's id
   * @return the client
   */
  public static DrawingClient of(Dgen dgen, String id) {
    return new DrawingClient(EntityRef.of(dgen, "Drawing", id, DrawingCodec.MESSAGES));
  }

  /**
   * Sends {@link Drawing.Draw} and waits until the message, or its effect, is durable.
   *
   * @param locale the message's {@code locale}
   * @param figures the message's {@code figures}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void draw(Locale locale, Drawing.Figure... figures) {
    this.ref.cast(new DrawingMessage.Draw(new Drawing.Draw(locale, figures)));
  }

  /**
   * Sends {@link Drawing.Draw} without waiting.
   *
   * @param locale the message's {@code locale}
   * @param figures the message's {@code figures}
   * @return a future, completed with null once the message, or its effect, is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> drawAsync(Locale locale, Drawing.Figure... figures) {
    return this.ref.castAsync(new DrawingMessage.Draw(new Drawing.Draw(locale, figures)));
  }

  /**
   * Sends {@link Drawing.Find} and waits for its reply, which is durable together with the state.
   *
   * @param name the message's {@code name}
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Drawing.Result<Drawing.Figure> find(String name) {
    return this.ref.call(new DrawingMessage.Find(new Drawing.Find(name)));
  }

  /**
   * Sends {@link Drawing.Find} without waiting.
   *
   * @param name the message's {@code name}
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Drawing.Result<Drawing.Figure>> findAsync(String name) {
    return this.ref.callAsync(new DrawingMessage.Find(new Drawing.Find(name)));
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * @param messages what to send, in order; at most 10,000
   * @throws io.dgen.MessageTooLargeException if they do not fit into one transaction
   */
  public void castAll(List<? extends DrawingMessage.Cast> messages) {
    this.ref.castAll(messages);
  }

  /**
   * Sends casts that are enqueued all together or not at all.
   *
   * @param messages what to send, in order; at most 10,000
   * @return completes when they are durable, or with a {@link io.dgen.MessageTooLargeException} if they do not fit into one transaction
   */
  public CompletableFuture<Void> castAllAsync(List<? extends DrawingMessage.Cast> messages) {
    return this.ref.castAllAsync(messages);
  }

  /**
   * Sends from inside a callback: what is sent is part of the callback's transaction. If that
   * commits, each message is carried out exactly once; if the callback throws, none is.
   *
   * @param context what the callback got
   * @param id the entity's id
   * @return a client for casts, valid until the callback returns
   * @throws IllegalStateException if the callback has no transaction
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
     *
     * @param locale the message's {@code locale}
     * @param figures the message's {@code figures}
     * @throws io.dgen.DgenException if no transaction can hold the message
     */
    public void draw(Locale locale, Drawing.Figure... figures) {
      this.ref.cast(new DrawingMessage.Draw(new Drawing.Draw(locale, figures)));
    }
  }

  /**
   * Sends casts that are carried out later. As thread-safe as what it was made from: a client,
   * or a transaction.
   */
  public static final class Delayed {
    private final DelayedRef<DrawingMessage> ref;

    private Delayed(DelayedRef<DrawingMessage> ref) {
      this.ref = ref;
    }

    /**
     * Sends {@link Drawing.Draw}, to be carried out later.
     *
     * @param locale the message's {@code locale}
     * @param figures the message's {@code figures}
     * @return the handle that cancels it
     * @throws io.dgen.DgenException if it could not be sent
     */
    public Scheduled draw(Locale locale, Drawing.Figure... figures) {
      return this.ref.cast(new DrawingMessage.Draw(new Drawing.Draw(locale, figures)));
    }
  }
}
