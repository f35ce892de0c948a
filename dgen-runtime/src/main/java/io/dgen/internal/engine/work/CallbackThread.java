package io.dgen.internal.engine.work;

import io.dgen.internal.engine.format.Address;
import io.dgen.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The callback that a thread runs. What a callback sends through a client, or does through {@code
 * Dgen}, is not part of its transaction: it stands although the callback fails, and is done again
 * with each attempt. So it is refused there. What {@code handleLocked} does is outside any
 * transaction anyway; only a call that would wait for its own lock is refused. A query only reads,
 * so {@code handleQuery} may send other queries and nothing else.
 *
 * <p>Other threads, to which a callback hands work, are not recognised.
 */
public final class CallbackThread {

  private static final ThreadLocal<@Nullable CallbackThread> CURRENT = new ThreadLocal<>();

  private enum Kind {
    TRANSACTION,
    LOCKED,
    QUERY
  }

  private final Kind kind;
  private final Address address;

  /** Where the entity is; null for a query. */
  private final @Nullable Store store;

  private final @Nullable CallbackThread outer;

  private CallbackThread(Kind kind, Address address, @Nullable Store store) {
    this.kind = kind;
    this.address = address;
    this.store = store;
    this.outer = CURRENT.get();
  }

  /**
   * Begins callbacks of an entity on this thread, which run in a transaction.
   *
   * @param store where the entity is
   */
  public static CallbackThread inTransaction(Address address, Store store) {
    return begun(new CallbackThread(Kind.TRANSACTION, address, store));
  }

  /** Begins {@code handleLocked} of an entity on this thread. */
  public static CallbackThread locked(Address address, Store store) {
    return begun(new CallbackThread(Kind.LOCKED, address, store));
  }

  /** Begins {@code handleQuery} of an entity on this thread, outside any transaction. */
  public static CallbackThread query(Address address) {
    return begun(new CallbackThread(Kind.QUERY, address, null));
  }

  private static CallbackThread begun(CallbackThread callback) {
    CURRENT.set(callback);
    return callback;
  }

  /** Ends them. */
  public void end() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** Returns whether this thread runs no callback: then nothing is refused. */
  public static boolean isNone() {
    return CURRENT.get() == null;
  }

  /**
   * Refuses a cast or an info through a client, in a callback that runs in a transaction.
   *
   * @param message its name
   * @throws IllegalStateException if this thread runs one
   */
  public static void refuseSend(String message, Address to) {
    CallbackThread callback = CURRENT.get();
    if (callback != null && callback.kind != Kind.LOCKED) {
      throw new IllegalStateException(
          callback.cannot("send " + message + " to " + to + " through a client")
              + callback.instead("send it with the client's in(context, id)"));
    }
  }

  /**
   * Refuses a call, in a callback that runs in a transaction, and one to the own entity under the
   * lock, which it would wait for.
   *
   * @param message its name
   * @param passesLock whether the call does not wait for the lock
   * @param in where the entity is
   * @throws IllegalStateException if this thread runs such a callback
   */
  @SuppressWarnings("ReferenceEquality") // Compares identity: the same store.
  public static void refuseCall(String message, Address to, boolean passesLock, Store in) {
    CallbackThread callback = CURRENT.get();
    if (callback == null) {
      return;
    }
    if (callback.kind != Kind.LOCKED) {
      throw new IllegalStateException(
          callback.cannot("call " + to + " with " + message)
              + callback.instead(
                  "send a cast with the client's in(context, id), or return Results.lock and call"
                      + " in handleLocked"));
    }
    if (!passesLock && callback.address.equals(to) && callback.store == in) {
      throw new IllegalStateException(
          "handleLocked of "
              + to
              + " cannot call its own entity with "
              + message
              + ": the call would wait for the lock that this very callback holds; use the state"
              + " that it was given, and the update of its result");
    }
  }

  /**
   * Refuses an operation, in a callback that runs in a transaction.
   *
   * @param what the operation, as an infinitive
   * @param instead what to write instead, as an imperative
   * @throws IllegalStateException if this thread runs one
   */
  public static void refuse(String what, String instead) {
    CallbackThread callback = CURRENT.get();
    if (callback != null && callback.kind != Kind.LOCKED) {
      throw new IllegalStateException(callback.cannot(what) + callback.instead(instead));
    }
  }

  /**
   * Refuses to end an entity, in a callback that runs in a transaction, and to end the own one
   * under its lock: what the callback returns would have no effect.
   *
   * @param what the operation: kill, reset or delete
   * @param in where the entity is
   * @throws IllegalStateException if this thread runs such a callback
   */
  @SuppressWarnings("ReferenceEquality") // Compares identity: the same store.
  public static void refuseEnd(String what, Address to, Store in) {
    refuse(
        what + " " + to,
        "to end its own entity it returns Results.delete(); others are ended outside callbacks, for"
            + " example in an action that follows the result");
    CallbackThread callback = CURRENT.get();
    if (callback != null && callback.address.equals(to) && callback.store == in) {
      throw new IllegalStateException(
          "handleLocked of "
              + to
              + " cannot "
              + what
              + " its own entity: that would "
              + (what.equals("delete")
                  ? "wait for the lock that this very callback holds"
                  : "take its lock away, and its result would have no effect")
              + "; return Results.delete()");
    }
  }

  /**
   * Refuses a query through a client, in a callback that runs in a transaction.
   *
   * @throws IllegalStateException if this thread runs one
   */
  public static void refuseQuery(Address to) {
    CallbackThread callback = CURRENT.get();
    if (callback != null && callback.kind == Kind.TRANSACTION) {
      throw new IllegalStateException(
          callback.cannot("query " + to + " through a client")
              + "; read it with the client's in(context, id)");
    }
  }

  private String cannot(String what) {
    if (kind == Kind.QUERY) {
      return "handleQuery of " + address + " cannot " + what + ": a query only reads";
    }
    return "a callback of "
        + address
        + " cannot "
        + what
        + ": that would not be part of its transaction, and would be done again with each attempt";
  }

  private String instead(String what) {
    return kind == Kind.QUERY ? "; make its message a call or a cast" : "; " + what;
  }
}
