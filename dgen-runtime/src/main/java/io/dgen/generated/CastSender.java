package io.dgen.generated;

/**
 * Sends casts through a reference to an entity. As thread-safe as the reference.
 *
 * @param <R> the reference
 */
public abstract class CastSender<R> {

  /** The reference: a field, since methods named after messages cannot hide one. */
  protected final R ref;

  /**
   * Creates a sender.
   *
   * @param ref the reference to send through
   */
  protected CastSender(R ref) {
    this.ref = ref;
  }
}
