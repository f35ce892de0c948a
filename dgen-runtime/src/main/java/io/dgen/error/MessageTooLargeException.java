package io.dgen.error;

/**
 * A message, a batch or a reply is larger than what fits into one transaction of the store:
 * 9,800,000 bytes as a term. A message or a batch was not sent, and nothing of it is stored. If it
 * is the reply, the call was executed and its changes stand.
 */
public final class MessageTooLargeException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is too large, by how much, and what to do
   * @param effect what became of the message
   */
  public MessageTooLargeException(String message, Effect effect) {
    super(message, null, effect);
  }
}
