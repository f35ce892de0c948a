package io.dgen.internal.engine.cluster;

import io.dgen.FailurePolicy;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The servers that this node hosts. Thread-safe. */
public final class HostedServers {

  private final ConcurrentHashMap<String, HostedServer<?, ?>> byName = new ConcurrentHashMap<>();
  private final FailurePolicy otherwise;

  /**
   * Creates an empty set.
   *
   * @param otherwise the failure policy of servers that are not hosted here
   */
  public HostedServers(FailurePolicy otherwise) {
    this.otherwise = otherwise;
  }

  public void add(HostedServer<?, ?> server) {
    byName.put(server.name(), server);
  }

  public boolean has(String server) {
    return byName.containsKey(server);
  }

  /** Returns a snapshot of the servers' names. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(byName.keySet()));
  }

  /** Returns the server with a given name; null if it is not hosted here. */
  public @Nullable HostedServer<?, ?> find(String server) {
    return byName.get(server);
  }

  /** Returns the failure policy of a server. */
  public FailurePolicy policy(String server) {
    HostedServer<?, ?> here = byName.get(server);
    return here == null ? otherwise : here.policy;
  }
}
