package io.dgen.internal.term;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermWriter;
import io.dgen.store.Keys;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes a digest of a term's content: the same for two values that are equal, even if their
 * terms differ in the order of the items of a set, or of the entries of a map. Each list, set and
 * map is represented by its own digest in the value that contains it, so that memory is bounded by
 * the longest of them. Not thread-safe.
 */
final class TermDigest implements TermWriter, AutoCloseable {

  private static final int LENGTH = 16;

  private static final byte[] NOTHING = {};

  private final MessageDigest sha;
  private final Deque<Frame> frames = new ArrayDeque<>();

  /** The version of the message, if the term is one. */
  private long version;

  private long size;
  private byte[] tag = NOTHING;

  TermDigest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
    frames.push(new Frame('r', true));
  }

  /** A list, set or map in progress. */
  private static final class Frame {

    private final byte kind;
    private final boolean isOrdered;
    private final List<byte[]> items = new ArrayList<>();
    private byte[] name = NOTHING;

    Frame(char kind, boolean isOrdered) {
      this.kind = (byte) kind;
      this.isOrdered = isOrdered;
    }
  }

  /**
   * Returns the digest of what is written: four bytes of the version of a message, and those of its
   * record.
   */
  byte[] of(Consumer<? super TermWriter> body) {
    body.accept(this);
    byte[] content = digest(frames.getLast());
    return ByteBuffer.allocate(Integer.BYTES + LENGTH)
        .putInt((int) version)
        .put(content, 0, LENGTH)
        .array();
  }

  private byte[] digest(Frame frame) {
    if (!frame.isOrdered) {
      frame.items.sort(Arrays::compareUnsigned);
    }
    sha.update(frame.kind);
    for (byte[] item : frame.items) {
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(item.length).array());
      sha.update(item);
    }
    return sha.digest();
  }

  private void item(char kind, byte[] content) {
    size += content.length + 1L;
    if (size > Terms.MAX_BYTES) {
      throw new CodecException(
          "cannot write term: it has more than " + Terms.MAX_BYTES + " bytes, or is endless");
    }
    Frame frame = frames.element();
    byte[] item = Keys.join(tag, frame.name, new byte[] {(byte) kind}, content);
    frame.name = NOTHING;
    tag = NOTHING;
    frame.items.add(item);
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private void start(Frame frame) {
    if (frames.size() > Terms.MAX_DEPTH) {
      throw new CodecException(
          "cannot write term: it is nested deeper than " + Terms.MAX_DEPTH + " levels");
    }
    frames.push(frame);
  }

  private void end() {
    Frame ended = frames.pop();
    boolean isMessage =
        frames.size() == 1
            && ended.kind == 'l'
            && ended.items.size() == 2
            && ended.items.getFirst()[0] == 'i';
    if (isMessage) {
      version = ByteBuffer.wrap(ended.items.getFirst(), 1, Long.BYTES).getLong();
      ended.items.removeFirst();
    }
    item('c', digest(ended));
  }

  @Override
  public void writeNull() {
    item('n', new byte[0]);
  }

  @Override
  public void writeBoolean(boolean value) {
    item(value ? 't' : 'f', new byte[0]);
  }

  @Override
  public void writeInt(int value) {
    writeLong(value);
  }

  @Override
  public void writeLong(long value) {
    item('i', bytes(value));
  }

  @Override
  public void writeFloat(float value) {
    writeDouble(value);
  }

  @Override
  public void writeDouble(double value) {
    item('d', bytes(Double.doubleToLongBits(value)));
  }

  @Override
  public void writeString(@Nullable String value) {
    if (value == null) {
      writeNull();
    } else {
      item('s', value.getBytes(StandardCharsets.UTF_16BE));
    }
  }

  @Override
  public void writeBytes(byte @Nullable [] value) {
    if (value == null) {
      writeNull();
    } else {
      item('b', value);
    }
  }

  @Override
  public void writeBigInteger(@Nullable BigInteger value) {
    if (value == null) {
      writeNull();
    } else {
      item('I', value.toByteArray());
    }
  }

  @Override
  public void writeBigDecimal(@Nullable BigDecimal value) {
    if (value == null) {
      writeNull();
    } else {
      item('D', Keys.join(bytes(value.scale()), value.unscaledValue().toByteArray()));
    }
  }

  @Override
  public void startList(int count) {
    start(new Frame('l', true));
  }

  @Override
  public void startSet(int count) {
    start(new Frame('u', false));
  }

  @Override
  public void endList() {
    end();
  }

  @Override
  public void startMap(int count) {
    start(new Frame('m', false));
  }

  @Override
  public void name(String name) {
    frames.element().name = digestOfName(name);
  }

  @Override
  public void name(long key) {
    frames.element().name = digestOfName(Long.toString(key));
  }

  /** Returns a digest of fixed length, so that the end of a name is unambiguous. */
  private byte[] digestOfName(String name) {
    return Arrays.copyOf(sha.digest(name.getBytes(StandardCharsets.UTF_16BE)), LENGTH);
  }

  @Override
  public void endMap() {
    end();
  }

  @Override
  public void tag(int number) {
    tag = Keys.join(tag, new byte[] {'g'}, bytes(number));
  }

  @Override
  public void close() {}
}
