package io.dgen.store.serializability;

import io.dgen.store.MutationType;
import io.dgen.store.Transaction;

/** One write of a transaction. */
record Write(Kind kind, byte[] key, byte[] param) {

  enum Kind {
    SET,
    CLEAR,
    CLEAR_RANGE,
    ADD,
    STAMPED_KEY,
    STAMPED_VALUE
  }

  void carryOut(Transaction transaction) {
    switch (kind) {
      case SET -> transaction.set(key, param);
      case CLEAR -> transaction.clear(key);
      case CLEAR_RANGE -> transaction.clear(key, param);
      case ADD -> transaction.mutate(MutationType.ADD, key, param);
      case STAMPED_KEY -> transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, key, param);
      case STAMPED_VALUE -> transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, param);
    }
  }
}
