package io.dgen.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What messages read and write, done by transactions of a store without the engine. */
final class Floor {

  private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

  /** A message of one number, in its envelope. */
  private static final byte[] MESSAGE = new byte[60];

  /** The bytes of a versionstamp and of its offset. */
  private static final byte[] STAMP = new byte[14];

  private Floor() {}

  /** A message on the owner: one transaction that reads the state's version and writes. */
  static void round(Store store, String place) {
    store.run(
        transaction -> {
          changeState(transaction, place);
          receipt(transaction, place);
          return true;
        });
  }

  /** A query on a node that hosts the server: one transaction that reads one key. */
  static void read(Store store, String place) {
    try (Transaction transaction = store.createTransaction()) {
      var unused = transaction.snapshot().get(key(place, "/version")).join();
    }
  }

  /**
   * A query from another node: two transactions one after another, and the reading of the reply.
   */
  static void elsewhere(Store store, String place) {
    byte[] requests = key(place, "/requests/");
    store.run(
        transaction -> {
          push(transaction, requests);
          transaction.mutate(MutationType.ADD, key(place, "/bell"), ONE);
          return true;
        });
    store.run(
        transaction -> {
          transaction.getRange(requests, Keys.prefixEnd(requests), 1).join();
          transaction.clear(requests, Keys.prefixEnd(requests));
          transaction.set(key(place, "/reply"), ONE);
          transaction.mutate(MutationType.ADD, key("mail/", place), ONE);
          return true;
        });
    read(store, place);
  }

  /** A message from another node, and for a call its reply: transactions one after another. */
  static void throughQueue(Store store, String place, boolean reply) {
    byte[] queue = key(place, "/queue/");
    store.run(
        transaction -> {
          push(transaction, queue);
          transaction.mutate(MutationType.ADD, key(place, "/pushed"), ONE);
          transaction.set(key(place, "/ready"), ONE);
          transaction.mutate(MutationType.ADD, key("bump/", place), ONE);
          receipt(transaction, place);
          return true;
        });
    store.run(
        transaction -> {
          transaction.getRange(queue, Keys.prefixEnd(queue), 1).join();
          transaction.clear(queue, Keys.prefixEnd(queue));
          changeState(transaction, place);
          receipt(transaction, place);
          if (reply) {
            transaction.set(key(place, "/reply"), ONE);
            transaction.mutate(MutationType.ADD, key("mail/", place), ONE);
          }
          return true;
        });
    if (reply) {
      store.run(
          transaction -> {
            transaction.get(key(place, "/reply")).join();
            transaction.clear(key(place, "/reply"));
            return true;
          });
    }
  }

  private static void changeState(Transaction transaction, String place) {
    byte[] state = key(place, "");
    byte[] value = transaction.get(state).join();
    transaction.set(state, value == null ? ONE : value.clone());
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key(place, "/version"), STAMP);
  }

  private static void receipt(Transaction transaction, String place) {
    transaction.set(key(place, "/receipt"), ONE);
  }

  private static byte[] key(String place, String part) {
    return (place + part).getBytes(US_ASCII);
  }

  private static void push(Transaction transaction, byte[] queue) {
    byte[] stamped = Keys.join(queue, STAMP);
    ByteBuffer.wrap(stamped)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(stamped.length - Integer.BYTES, queue.length);
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stamped, MESSAGE);
  }
}
