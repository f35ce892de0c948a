package io.dgen;

import io.dgen.error.LockLostException;

/** What happens to the message of a lock whose holder died, or that was broken. */
public enum LockLost {
  /** It is executed again, from its callback on, as a further attempt. */
  REDELIVER,
  /** It is given up: the caller gets a {@link LockLostException}. */
  DROP
}
