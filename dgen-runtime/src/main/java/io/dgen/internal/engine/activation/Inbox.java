package io.dgen.internal.engine.activation;

import io.dgen.internal.engine.send.Pending;
import java.util.List;

/**
 * The messages of an entity as its rounds see them: those of the lane, and what is known of the
 * queue.
 */
interface Inbox<M> {

  /** Whether the queue may hold messages that no round has looked for; forgets it. */
  boolean takeSignal();

  /** Says that it does. */
  void signal();

  /** The first messages of the lane, which stay in it. */
  List<Pending<M>> lane(int max);

  /** Takes the first messages out of the lane. */
  void taken(int count);

  boolean isFirst(Pending<M> pending);

  /** Takes every message out of the lane. */
  List<Pending<M>> takeAll();

  /** Pushes the front of the lane to the queue. */
  void flush() throws InterruptedException;

  /** Lets the queue rest for a number of microseconds. */
  void backOff(long micros);

  /** Lets the queue rest until a signal comes, or a number of microseconds if that is not 0. */
  void block(long micros);
}
