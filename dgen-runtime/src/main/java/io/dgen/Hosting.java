package io.dgen;

import io.dgen.internal.Texts;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Options of a server that a node hosts. Immutable; made by a {@link Builder}.
 *
 * <pre>{@code
 * dgen.host(
 *     PrinterServer.of(driver),
 *     it -> it.only("hall", "office").failures(policy -> policy.deadLetterThreshold(5)));
 * }</pre>
 *
 * <p>A node that lists an id <em>claims</em> it: as long as a live node claims it, no other node
 * runs the entity, not even one that hosts the whole server. If several nodes claim it, one of them
 * runs it. When the last of them is gone, a node that hosts the whole server takes over; if there
 * is none, the entity's messages wait.
 */
public final class Hosting {

  /** The most ids that one node may claim, in all its servers together. */
  public static final int MAX_IDS = 1000;

  /**
   * The most bytes that the names of the servers that one node hosts and the ids that it claims may
   * have together, in UTF-8, with a few more for each. Every node reads them four times in a
   * liveness timeout.
   */
  public static final int MAX_BYTES = 50_000;

  /** Every entity that no node claims, with the node's failure policy. */
  public static final Hosting DEFAULT = builder().build();

  private final Optional<Set<String>> ids;
  private final Optional<FailurePolicy> failurePolicy;

  private Hosting(Builder builder) {
    ids = builder.ids;
    failurePolicy = builder.failurePolicy;
  }

  /**
   * Begins with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the ids that are claimed, in no order; empty for every entity that no node claims} */
  public Optional<Set<String>> ids() {
    return ids;
  }

  /** {@return what happens when messages fail; empty for {@link DgenOptions#failurePolicy}} */
  public Optional<FailurePolicy> failurePolicy() {
    return failurePolicy;
  }

  /** Names the ids in order, escaped. */
  @Override
  public String toString() {
    String entities =
        ids.map(some -> some.stream().sorted().map(Texts::quoted).collect(Collectors.joining(", ")))
            .map(some -> "only(" + some + ")")
            .orElse("all()");
    return entities + failurePolicy.map(policy -> " with " + policy).orElse("");
  }

  /** Sets options of a server that a node hosts. Not thread-safe. */
  public static final class Builder {

    private Optional<Set<String>> ids = Optional.empty();
    private Optional<FailurePolicy> failurePolicy = Optional.empty();

    private Builder() {}

    /**
     * Runs some entities of the server, instead of every one that no node claims.
     *
     * @param id the id of one
     * @param more the ids of others; one that is named twice counts once
     * @return this builder
     */
    public Builder only(String id, String... more) {
      return only(Stream.concat(Stream.of(id), Arrays.stream(more)).toList());
    }

    /**
     * Runs some entities of the server, instead of every one that no node claims.
     *
     * @param some their ids, at least one; one that is named twice counts once
     * @return this builder
     * @throws IllegalArgumentException if there is none
     */
    public Builder only(Collection<String> some) {
      Set<String> each = Set.copyOf(some);
      if (each.isEmpty()) {
        throw new IllegalArgumentException(
            "only() was given no id; to run every entity leave it out, and to run none do not host"
                + " the server");
      }
      ids = Optional.of(each);
      return this;
    }

    /**
     * Sets when a message of this server that keeps failing is given up and its entity paused, in
     * place of {@link DgenOptions#failurePolicy}.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder failures(FailurePolicy policy) {
      failurePolicy = Optional.of(policy);
      return this;
    }

    /**
     * Sets when a message of this server that keeps failing is given up and its entity paused, in
     * place of {@link DgenOptions#failurePolicy}.
     *
     * @param policy changes {@link FailurePolicy#DEFAULT}
     * @return this builder
     */
    public Builder failures(Consumer<? super FailurePolicy.Builder> policy) {
      FailurePolicy.Builder changed = FailurePolicy.builder();
      policy.accept(changed);
      return failures(changed.build());
    }

    /**
     * Builds the options.
     *
     * @return the options
     */
    public Hosting build() {
      return new Hosting(this);
    }
  }
}
