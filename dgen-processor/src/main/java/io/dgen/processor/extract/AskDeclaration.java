package io.dgen.processor.extract;

import io.dgen.processor.model.GeneratedNames;
import javax.lang.model.element.Element;

/**
 * A call with which a server asks entities of another server, or of its own: its methods take the
 * answer.
 *
 * @param server the server that is asked, without what it asks itself
 * @param message the call, as a message of the kind that its answer is
 * @param at the parameter that takes what was asked
 */
public record AskDeclaration(ServerDeclaration server, MessageDeclaration message, Element at) {

  /**
   * Returns the name of the class that wraps the answer.
   *
   * @return the simple names of server and record
   */
  public String wrapper() {
    return server.simpleName() + message.name();
  }

  /**
   * Returns the method that chooses the entity to ask.
   *
   * @return the name of the server's interface with its first word in lower case
   */
  public String method() {
    return GeneratedNames.method(server.simpleName());
  }

  /**
   * Returns the call as errors show it.
   *
   * @return {@code Stock.Reserve}
   */
  public String shown() {
    return server.simpleName() + "." + message.name();
  }
}
