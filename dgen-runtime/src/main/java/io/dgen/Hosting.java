package io.dgen;

import io.dgen.internal.Texts;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entities of a server a node runs: all, or only those of some ids. Immutable, and equal to
 * one of the same ids.
 *
 * <pre>{@code
 * import static io.dgen.Hosting.only;
 *
 * dgen.host(PrinterServer.of(driver), only("hall", "office"));
 * }</pre>
 *
 * <p>Who names an id <em>claims</em> it: as long as a node lives that claims it, no other runs the
 * entity, not even one that hosts the whole server. If several claim it, one of them does. When the
 * last of them is gone, a node that hosts the whole server takes over; if there is none either, the
 * entity's messages wait.
 */
public final class Hosting {

  /** The most ids that one node may claim, in all its servers together. */
  public static final int MAX_IDS = 1000;

  /**
   * The most bytes that the servers that one node hosts and the ids that it claims may have
   * together, in UTF-8, with a few more for each. Every node reads them four times in a liveness
   * timeout.
   */
  public static final int MAX_BYTES = 50_000;

  private static final Hosting ALL = new Hosting(null);

  /** Null for all. */
  private final @Nullable Set<String> ids;

  private Hosting(@Nullable Set<String> ids) {
    this.ids = ids;
  }

  /**
   * Every entity of the server that no node claims.
   *
   * @return what {@link Dgen#host(io.dgen.generated.ServerDescriptor)} means
   */
  public static Hosting all() {
    return ALL;
  }

  /**
   * Only some entities of the server.
   *
   * @param id the id of one
   * @param more the ids of others; one that is named twice counts once
   * @return for {@link Dgen#host(io.dgen.generated.ServerDescriptor, Hosting)}
   */
  public static Hosting only(String id, String... more) {
    return only(Stream.concat(Stream.of(id), Arrays.stream(more)).toList());
  }

  /**
   * Only some entities of the server.
   *
   * @param ids their ids, at least one; one that is named twice counts once
   * @return for {@link Dgen#host(io.dgen.generated.ServerDescriptor, Hosting)}
   * @throws IllegalArgumentException if there is none
   */
  public static Hosting only(Collection<String> ids) {
    Set<String> each = new LinkedHashSet<>();
    for (String id : ids) {
      each.add(Objects.requireNonNull(id, "id"));
    }
    if (each.isEmpty()) {
      throw new IllegalArgumentException(
          "only() was given no id: a node that is to run no entity of a server need not host it;"
              + " for every entity use Hosting.all()");
    }
    return new Hosting(Set.copyOf(each));
  }

  /**
   * Whether this is every entity that no node claims.
   *
   * @return false if only some ids are meant
   */
  public boolean isAll() {
    return ids == null;
  }

  /**
   * The ids that are claimed.
   *
   * @return the ids, in no order; empty if {@link #isAll}
   */
  public Set<String> ids() {
    return ids == null ? Set.of() : ids;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hosting hosting && Objects.equals(ids, hosting.ids);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(ids);
  }

  /**
   * For people, as logs and errors show it.
   *
   * @return {@code all()}, or the ids in order, each as logs and errors show it
   */
  @Override
  public String toString() {
    return ids == null ? "all()" : "only(" + String.join(", ", sorted(ids)) + ")";
  }

  private static List<String> sorted(Set<String> ids) {
    return ids.stream().sorted().map(Texts::quoted).toList();
  }
}
