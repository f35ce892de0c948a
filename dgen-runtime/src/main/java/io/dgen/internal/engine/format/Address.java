package io.dgen.internal.engine.format;

import io.dgen.internal.Texts;

/** The address of an entity. Its text stays on one line, whatever the id contains. */
public record Address(String server, String id) {

  /**
   * Returns the address that a caller of the API gave.
   *
   * @throws IllegalArgumentException if the server's name or the id is not valid
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
