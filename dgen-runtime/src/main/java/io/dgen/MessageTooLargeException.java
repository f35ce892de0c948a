package io.dgen;

/** A message or a reply is larger than a transaction of the store can be. Nothing was written. */
public final class MessageTooLargeException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is too large, by how much, and what to do
   */
  public MessageTooLargeException(String message) {
    super(message);
  }
}
