package io.dgen.generated;

/**
 * Sends casts through a reference to an entity. As thread-safe as that.
 *
 * @param <R> the reference
 */
public abstract class CastSender<R> {

  /** The reference. Methods that are named after messages cannot hide a field. */
  protected final R ref;

  /**
   * Makes a sender.
   *
   * @param ref what it sends through
   */
  protected CastSender(R ref) {
    this.ref = ref;
  }
}
