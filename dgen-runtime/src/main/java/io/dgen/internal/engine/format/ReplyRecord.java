package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenException;
import io.dgen.error.EntityKilledException;
import io.dgen.error.EntityStoppedException;
import io.dgen.error.IdempotencyKeyException;
import io.dgen.error.LockLostException;
import io.dgen.error.MessageTooLargeException;
import io.dgen.internal.term.Terms;
import io.dgen.store.Keys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way back to a caller: a byte with its kind, and then the term of the reply, or a
 * tuple with the text of an error.
 */
public final class ReplyRecord {

  /** The errors that may come back instead of a reply, each with its byte. */
  public enum Problem {
    KILLED(1) {
      @Override
      public DgenException exception(String text) {
        return new EntityKilledException(text);
      }
    },
    STOPPED(2) {
      @Override
      public DgenException exception(String text) {
        return new EntityStoppedException(text);
      }
    },
    TOO_LARGE(4) {
      @Override
      public DgenException exception(String text) {
        return new MessageTooLargeException(text);
      }
    },
    LOCK_LOST(3) {
      @Override
      public DgenException exception(String text) {
        return new LockLostException(text);
      }
    },
    DAMAGED(7) {
      @Override
      public DgenException exception(String text) {
        return new CodecException(text);
      }
    },
    KEY_REUSED(6) {
      @Override
      public DgenException exception(String text) {
        return new IdempotencyKeyException(text);
      }
    };

    private final byte code;

    Problem(int code) {
      this.code = (byte) code;
    }

    public abstract DgenException exception(String text);
  }

  private static final byte[] VALUE = {0};
  private static final byte[] DEAD_LETTER = {127};

  private ReplyRecord() {}

  public static byte[] value(TermCodec<Object> codec, @Nullable Object reply) {
    return Keys.join(VALUE, Terms.encode(out -> codec.write(out, reply)));
  }

  public static byte[] problem(Problem problem, String text) {
    return Keys.join(new byte[] {problem.code}, Tuple.from(text).pack());
  }

  /** Returns the answer for a message that was given up. */
  public static byte[] deadLetter(String text, int attempts) {
    return Keys.join(DEAD_LETTER, Tuple.from(text, attempts).pack());
  }

  /**
   * Reads an answer.
   *
   * @return the reply
   * @throws DgenException the error that came back in its place
   * @throws CodecException if it is unreadable
   */
  public static @Nullable Object read(byte[] bytes, TermCodec<Object> codec) {
    if (bytes.length == 0) {
      throw new CodecException("a reply is empty");
    }
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    if (bytes[0] == VALUE[0]) {
      return Terms.<@Nullable Object>decode(rest, codec::read);
    }
    if (bytes[0] == DEAD_LETTER[0]) {
      throw deadLetter(rest);
    }
    for (Problem problem : Problem.values()) {
      if (problem.code == bytes[0]) {
        throw problem.exception(text(rest));
      }
    }
    throw new CodecException(
        "a reply has kind " + bytes[0] + ", which this version of dgen does not know");
  }

  private static DeadLetterException deadLetter(byte[] tuple) {
    try {
      Tuple read = FlatTuple.decode(tuple, 0, tuple.length);
      return new DeadLetterException(read.getString(0), (int) read.getLong(1));
    } catch (RuntimeException e) {
      throw new CodecException("the answer that a message was given up is damaged", e);
    }
  }

  private static String text(byte[] tuple) {
    try {
      return FlatTuple.decode(tuple, 0, tuple.length).getString(0);
    } catch (RuntimeException e) {
      throw new CodecException("an error that came back as a reply is damaged", e);
    }
  }
}
