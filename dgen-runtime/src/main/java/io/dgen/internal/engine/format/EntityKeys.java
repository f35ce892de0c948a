package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.Keys;
import java.util.UUID;

/** The keys of one entity. */
public final class EntityKeys {

  private static final int META = 1;
  private static final int STATE = 16;
  private static final int QUEUE = 17;
  private static final int PUSHED = 18;
  private static final int LOCK = 19;
  private static final int LEASE = 20;
  private static final int KILLED = 21;
  private static final int PAUSED = 22;
  private static final int FAILURES = 23;
  private static final int DEAD = 24;
  private static final int DEAD_COUNT = 25;
  private static final int DELAYED = 26;
  private static final int DONE = 27;
  private static final int STEPS = 32;
  private static final int LETTER_STEPS = 33;
  private static final int ASKS = 30;
  private static final int OWED = 31;

  /** The prefix of every key of the entity. */
  private final byte[] prefix;

  public final byte[] ready;
  public final byte[] bump;
  public final byte[] meta;
  public final byte[] state;
  public final byte[] queue;
  public final byte[] queueEnd;
  public final byte[] pushed;
  private final StampedKeys messages;

  EntityKeys(byte[] prefix, byte[] ready, byte[] bump) {
    this.prefix = prefix;
    this.ready = ready;
    this.bump = bump;
    meta = tag(prefix, META);
    state = tag(prefix, STATE);
    messages = new StampedKeys(tag(prefix, QUEUE));
    queue = messages.prefix();
    queueEnd = messages.end();
    pushed = tag(prefix, PUSHED);
  }

  /** Returns the key of the lock: the message that holds it, and the node. */
  public byte[] lock() {
    return tag(prefix, LOCK);
  }

  /**
   * Returns the key of the lease: the store's version until which the lock's holder is presumed
   * alive.
   */
  public byte[] lease() {
    return tag(prefix, LEASE);
  }

  /**
   * Returns the key of the versionstamp of the last kill, present while the queue holds messages
   * from before it.
   */
  public byte[] killed() {
    return tag(prefix, KILLED);
  }

  /** Returns the key of the pause: its reason and time. */
  public byte[] paused() {
    return tag(prefix, PAUSED);
  }

  /** Returns the key of the store's versions of recent failures. */
  public byte[] failures() {
    return tag(prefix, FAILURES);
  }

  /** Returns the prefix of the dead letters. */
  public byte[] dead() {
    return tag(prefix, DEAD);
  }

  /** Returns the key of the number of dead letters. */
  public byte[] deadCount() {
    return tag(prefix, DEAD_COUNT);
  }

  /** Returns the prefix of the index of the entity's delayed messages. */
  public byte[] delayed() {
    return tag(prefix, DELAYED);
  }

  /** Returns the prefix of the idempotency records. */
  public byte[] done() {
    return tag(prefix, DONE);
  }

  /** Returns the prefix of the records of steps, of all messages. */
  public byte[] steps() {
    return tag(prefix, STEPS);
  }

  /**
   * Returns the keys of the records of one message's steps.
   *
   * @param origin the versionstamp under which the message first came into the queue
   */
  public StepKeys steps(byte[] origin) {
    return new StepKeys(StampedKeys.stamped(steps(), origin));
  }

  /** Returns the prefix of the keys that say which dead letters have steps. */
  public byte[] letterSteps() {
    return tag(prefix, LETTER_STEPS);
  }

  /** Returns the key of the origin of a dead letter whose message has steps. */
  public byte[] letterSteps(byte[] letter) {
    return StampedKeys.stamped(letterSteps(), letter);
  }

  /** Returns the dead letter that such a key is of. */
  public byte[] letterOf(byte[] letterStepsKey) {
    return StampedKeys.stampBehind(letterSteps(), letterStepsKey);
  }

  /** Returns the prefix of what the entity has asked others and is not answered yet. */
  public byte[] asks() {
    return tag(prefix, ASKS);
  }

  /** Returns the prefix of the rows of one open ask. */
  public byte[] ask(UUID number) {
    return Keys.join(asks(), Tuple.from(number).pack());
  }

  /** Returns the key of a chunk of an open ask. */
  public byte[] ask(UUID number, int chunk) {
    return Keys.join(asks(), Tuple.from(number, chunk).pack());
  }

  /** Returns whether a key below {@link #asks} is that of the first chunk of an ask. */
  public boolean isFirstOfAsk(byte[] key) {
    int prefix = asks().length;
    return Tuple.fromBytes(key, prefix, key.length - prefix).getLong(1) == 0;
  }

  /** Returns the prefix of the answers that the entity owes others for what has run. */
  public byte[] owed() {
    return tag(prefix, OWED);
  }

  /** Returns the key of an answer that the entity owes. */
  public byte[] owed(UUID number) {
    return Keys.join(owed(), Tuple.from(number).pack());
  }

  private static byte[] tag(byte[] prefix, int tag) {
    return Keys.join(prefix, Tuple.from(tag).pack());
  }

  /** Returns the keys of the queue's messages. */
  public StampedKeys messages() {
    return messages;
  }

  /** Returns the keys of the dead letters, under the versionstamps that they had in the queue. */
  public StampedKeys letters() {
    return new StampedKeys(dead());
  }

  /**
   * Returns the template that a versionstamp operation makes into a queue key.
   *
   * @param order the position of the message within its transaction
   */
  public byte[] pushKey(int order, int chunk) {
    return messages.pushKey(order, chunk);
  }

  public byte[] queueKey(byte[] stamp, int chunk) {
    return messages.key(stamp, chunk);
  }

  /** Returns the first key after every chunk of the message with this versionstamp. */
  public byte[] behind(byte[] stamp) {
    return messages.behind(stamp);
  }

  public byte[] stampOf(byte[] queueKey) {
    return messages.stampOf(queueKey);
  }

  /** Returns whether a key of the queue is that of a message's first chunk. */
  public boolean isFirstChunk(byte[] queueKey) {
    return messages.isFirstChunk(queueKey);
  }
}
