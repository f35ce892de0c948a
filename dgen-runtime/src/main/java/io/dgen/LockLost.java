package io.dgen;

import io.dgen.error.LockLostException;

/** The fate of a message whose lock was broken, or whose lock's holder died. */
public enum LockLost {
  /** The message is executed again, starting with its callback, as a further attempt. */
  REDELIVER,
  /** The message is given up: the caller gets a {@link LockLostException}. */
  DROP
}
