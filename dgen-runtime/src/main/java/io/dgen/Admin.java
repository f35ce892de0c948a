package io.dgen;

import io.dgen.error.DgenException;
import java.util.function.Predicate;

/**
 * Inspects and operates the entities of any server by its name, without its classes, whether or not
 * this node hosts the server: see {@link Dgen#admin}. Thread-safe.
 *
 * <pre>{@code
 * dgen.admin().entity("Counter", "visits").pause("migrating");
 * }</pre>
 */
public interface Admin {

  /**
   * Returns the admin of one entity. This reads nothing, and the entity need not exist. The
   * messages of its dead letters are JSON text.
   *
   * @param server the server's name
   * @param id the entity's id
   * @return the admin of the entity
   * @throws IllegalArgumentException if the server or the id is not valid: it is longer than 4096
   *     bytes in UTF-8, or holds an unpaired surrogate
   */
  EntityAdmin<String> entity(String server, String id);

  /**
   * Deletes an entity once the messages in front of its queue are done, as {@link
   * EntityAdmin#delete} does.
   *
   * @param server the server's name
   * @param id the entity's id
   * @return whether there was an entity
   * @throws IllegalArgumentException if the server or the id is not valid
   * @throws DgenException as {@link EntityAdmin#delete} throws it
   */
  boolean delete(String server, String id);

  /**
   * Lists the first entities of a server. Reads a few keys of each and no states, however large
   * they are.
   *
   * @param server the server's name
   * @param limit the most entities to return, at least 1; a page may have fewer
   * @return the entities, ordered by id (by code points)
   * @throws IllegalArgumentException if the limit is not positive, or the server's name is not
   *     valid
   * @throws DgenException if this node is closed, or the store fails
   */
  Page<EntityStatus> entities(String server, int limit);

  /**
   * Lists the entities of a server after a page.
   *
   * @param server the server's name
   * @param limit as for {@link #entities(String, int)}
   * @param next the previous page's {@link Page#next}: the id of its last entity
   * @return the entities
   * @throws IllegalArgumentException if the limit is not positive, or the server's name or the id
   *     is not valid
   * @throws DgenException if this node is closed, or the store fails
   */
  Page<EntityStatus> entities(String server, int limit, String next);

  /**
   * Counts the dead letters of all entities of a server. Walks over the server's entities, in many
   * transactions if there are many; reads one counter of each.
   *
   * @param server the server's name
   * @return the number
   * @throws IllegalArgumentException if the server's name is not valid
   * @throws DgenException if this node is closed, or the store fails
   */
  long deadLetters(String server);

  /**
   * Puts back the dead letters of all entities of a server that a filter accepts, as {@link
   * DeadLetters#requeueAll(Predicate)} does for one entity: entity by entity in the order of their
   * ids, each letter once, and of each entity those that exist when it is its turn.
   *
   * <pre>{@code
   * dgen.admin().requeueAll("Account", letter -> letter.error().contains("the bank does not answer"));
   * }</pre>
   *
   * @param server the server's name
   * @param filter told of each letter, in this thread and outside any transaction; if it throws,
   *     what was put back before stays there
   * @return how many were put back
   * @throws IllegalArgumentException if the server's name is not valid
   * @throws DgenException if this node is closed, or the store fails; the text says how many were
   *     put back before
   */
  long requeueAll(String server, Predicate<? super DeadLetter<String>> filter);
}
