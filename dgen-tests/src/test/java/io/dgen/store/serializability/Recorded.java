package io.dgen.store.serializability;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One transaction as its client saw it. For one thread at a time. */
final class Recorded {

  /** What the client knows of the commit. */
  enum Outcome {
    /** It never asked for one, or the transaction wrote nothing. */
    NONE,
    ACKNOWLEDGED,
    REFUSED,
    UNKNOWN
  }

  record Answer(Read read, String text) {}

  final int id;
  final List<Answer> answers = new ArrayList<>();
  final List<Write> writes = new ArrayList<>();

  /** When it began, in the order of events, and when the client heard of the commit. */
  long beganAt;

  long submittedAt = Long.MAX_VALUE;
  long acknowledgedAt = Long.MAX_VALUE;
  long readVersion = -1;
  long committedVersion = -1;
  byte @Nullable [] versionstamp;
  Outcome outcome = Outcome.NONE;
  @Nullable String error;

  Recorded(int id) {
    this.id = id;
  }
}
