package io.dgen.internal.engine.query;

import io.dgen.QueryContext;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.error.CallbackException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityNotFoundException;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.NotHostedException;
import io.dgen.error.RefusedException;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.cluster.HostedServers;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.work.CallbackThread;
import io.dgen.internal.engine.work.Refusals;
import io.dgen.internal.engine.work.UserErrors;
import io.dgen.internal.term.Terms;
import io.dgen.spi.Environment;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the callbacks of queries. Thread-safe: any number of them run at the same time. */
public final class QueryCallbacks {

  private final HostedServers servers;
  private final Environment environment;

  public QueryCallbacks(HostedServers servers, Environment environment) {
    this.servers = servers;
    this.environment = environment;
  }

  /** Returns whether queries of a server can run on this node. */
  boolean has(String server) {
    return servers.has(server);
  }

  /**
   * Returns the server that runs a query.
   *
   * @throws NotHostedException if it is not hosted here
   */
  @SuppressWarnings("unchecked") // A server's name identifies its types: Engine.host checks it.
  public <M> HostedServer<?, M> server(Address address, String what) {
    HostedServer<?, ?> found = servers.find(address.server());
    if (found == null) {
      throw new NotHostedException(
          what
              + " to "
              + address
              + " runs in this process, which does not host the server; call dgen.host("
              + address.server()
              + "Server.of()) first");
    }
    return (HostedServer<?, M>) found;
  }

  /**
   * Runs a query on an entity that was read. Runs user code.
   *
   * @return the reply, which shares nothing mutable with the callback
   * @throws RefusedException if it refuses
   * @throws DgenException if it fails; it is not retried
   */
  public <S, M> @Nullable Object run(HostedServer<S, M> server, M message, StoredEntity entity) {
    Optional<S> state = state(server, entity);
    TermCodec<Object> form = server.codec.replyCodec(message);
    Object reply;
    long size;
    CallbackThread callback = CallbackThread.query(entity.address());
    try {
      reply =
          form.freeze(
              server.descriptor.handleQuery(
                  message, state, new RunContext(entity.address(), environment)));
      size = Terms.size(form, reply);
    } catch (Throwable e) {
      RefusedException refusal = Refusals.of(e, server.policy);
      if (refusal != null) {
        throw RefusedException.of(refusal, Effect.NONE);
      }
      throw failure(server.codec.name(message), entity.address(), state.isEmpty(), e);
    } finally {
      callback.end();
    }
    if (size > Sizes.MAX_BYTES) {
      throw new MessageTooLargeException(
          "the reply to "
              + server.codec.name(message)
              + " to "
              + entity.address()
              + " has "
              + size
              + " bytes, more than the "
              + Sizes.MAX_BYTES
              + " that a reply may have; let the query return less, or a part at a time",
          Effect.NONE);
    }
    return reply;
  }

  private static <S> Optional<S> state(HostedServer<S, ?> server, StoredEntity entity) {
    try {
      return entity.state(server.descriptor.states());
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // From a user's codec.
      throw new CodecException(
              "the state of " + entity.address() + " cannot be read", UserErrors.safe(e))
          .withEffect(Effect.NONE);
    }
  }

  private static DgenException failure(
      String name, Address address, boolean isMissing, Throwable thrown) {
    if (thrown instanceof EntityNotFoundException missing && isMissing) {
      return missing;
    }
    Throwable safe = UserErrors.safe(thrown);
    return new CallbackException(
        name + " to " + address + " failed: " + safe + "; a query is not retried", safe);
  }

  /** The context of one run. */
  private record RunContext(Address address, Environment environment) implements QueryContext {

    @Override
    public String server() {
      return address.server();
    }

    @Override
    public String id() {
      return address.id();
    }

    @Override
    public Instant now() {
      return environment.now();
    }
  }
}
