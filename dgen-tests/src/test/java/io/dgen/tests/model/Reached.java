package io.dgen.tests.model;

/** The interesting states: a run that reaches none of them shows nothing. */
public enum Reached {
  /** Two transactions touched the same keys, and one of them lost. */
  CONFLICT,
  /** A commit happened, and the store could not say so. */
  UNKNOWN_BUT_COMMITTED,
  /** A commit did not happen, and the store could not say so. */
  UNKNOWN_AND_LOST,
  /** A callback ran that did not count. */
  VOID_RUN,
  /** Two nodes took turns at one entity: both believed that it was theirs. */
  SPLIT,
  /** A node ended without a word. */
  CRASH,
  /** A node was cut off or stood still, and lived on. */
  CUT_OFF,
  /** A node was closed. */
  CLOSED,
  /** A message that held the lock began again: its holder failed, or was taken for dead. */
  TAKE_OVER,
  /** A priority or info message went past a lock. */
  PAST_A_LOCK,
  FAILED_ATTEMPT,
  DEAD_LETTER,
  /** A key was sent again, and the message was not carried out again. */
  REPEATED_KEY,
  /** A delayed message was cancelled in time. */
  CANCELLED,
  /** A delayed message was not cancelled in time. */
  CANCELLED_TOO_LATE,
  /** A callback cancelled a delayed message in time. */
  REVOKED,
  ANSWERED_LATER,
  /** A callback refused its message, and what it had done was dropped. */
  REFUSED,
  KILLED,
  /** A message was acknowledged and then voided by a kill. */
  VOIDED,
  /** A step began again: it failed, or its node died before it was recorded. */
  REPEATED_STEP,
  /** A step was recorded, and returned what was recorded to a later run. */
  REPLAYED_STEP,
  /** A message deleted its entity. */
  DELETED,
  /** A delayed message was acknowledged and then deleted with its entity. */
  DELETED_BEFORE_IT_WAS_DUE,
  /** Work under a lock has slept, and went on. */
  SLEPT,
  /** A query returned. */
  QUERIED,
  /** A transaction of a sender's own had to be repeated. */
  REPEATED_TRANSACTION,
  /** A sender does not know what became of a message. */
  UNKNOWN_TO_SENDER
}
