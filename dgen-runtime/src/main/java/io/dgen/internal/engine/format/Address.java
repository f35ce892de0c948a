package io.dgen.internal.engine.format;

import io.dgen.internal.Texts;

/** Names an entity. As a text, it keeps to its place in a line, whatever the id holds. */
public record Address(String server, String id) {

  /**
   * Names an entity as a caller of the API does.
   *
   * @throws IllegalArgumentException if the texts cannot name one
   */
  public static Address checked(String server, String id) {
    Texts.checkEntity(server, id);
    return new Address(server, id);
  }

  @Override
  public String toString() {
    return Texts.escaped(server) + "(" + Texts.quoted(id) + ")";
  }
}
