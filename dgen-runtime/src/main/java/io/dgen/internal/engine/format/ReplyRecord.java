package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Answer;
import io.dgen.Answer.Failed;
import io.dgen.Answer.Reason;
import io.dgen.Answer.Refused;
import io.dgen.Answer.Replied;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.CallbackException;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityDeletedException;
import io.dgen.error.EntityKilledException;
import io.dgen.error.EntityNotFoundException;
import io.dgen.error.EntityStoppedException;
import io.dgen.error.IdempotencyKeyException;
import io.dgen.error.LockLostException;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.NotHostedException;
import io.dgen.error.OverloadedException;
import io.dgen.error.RefusedException;
import io.dgen.generated.codec.Json;
import io.dgen.generated.codec.TermCodecs;
import io.dgen.internal.term.Terms;
import io.dgen.store.Keys;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way back to a caller: a byte with its kind, and then the term of the reply, or a
 * tuple with the text of an error.
 */
public final class ReplyRecord {

  /** The errors that may come back instead of a reply, each with its byte. */
  public enum Problem {
    KILLED(1, Effect.NONE) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new EntityKilledException(text, effect);
      }
    },
    STOPPED(2, Effect.APPLIED) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new EntityStoppedException(text);
      }
    },
    DELETED(9, Effect.APPLIED) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new EntityDeletedException(text);
      }
    },
    TOO_LARGE(4, Effect.APPLIED) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new MessageTooLargeException(text, effect);
      }
    },
    LOCK_LOST(3, Effect.UNKNOWN) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new LockLostException(text);
      }
    },
    DAMAGED(7, Effect.NONE) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new CodecException(text).withEffect(effect);
      }
    },
    NOT_FOUND(20, Effect.NONE) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new EntityNotFoundException(text);
      }
    },
    CALLBACK(21, Effect.NONE) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new CallbackException(text, null);
      }
    },
    OVERLOADED(22, Effect.NONE) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new OverloadedException(text);
      }
    },
    NOT_HOSTED(23, Effect.NONE) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new NotHostedException(text);
      }
    },
    TIMED_OUT(24, Effect.UNKNOWN) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new CallTimeoutException(text, null, effect);
      }
    },
    KEY_REUSED(6, Effect.NONE) {
      @Override
      public DgenException exception(String text, Effect effect) {
        return new IdempotencyKeyException(text, effect);
      }
    };

    private final byte code;

    /** What usually became of the message. */
    private final Effect usual;

    Problem(int code, Effect usual) {
      this.code = (byte) code;
      this.usual = usual;
    }

    public abstract DgenException exception(String text, Effect effect);

    /** Returns what usually became of the message. */
    public Effect usual() {
      return usual;
    }
  }

  private static final byte[] VALUE = {0};
  private static final byte[] DEAD_LETTER = {127};
  private static final byte[] REFUSAL = {8};

  private ReplyRecord() {}

  public static byte[] value(TermCodec<Object> codec, @Nullable Object reply) {
    return Keys.join(VALUE, Terms.encode(out -> codec.write(out, reply)));
  }

  /** Returns an error whose effect is the usual one. */
  public static byte[] problem(Problem problem, String text) {
    return problem(problem, text, problem.usual);
  }

  public static byte[] problem(Problem problem, String text, Effect effect) {
    return Keys.join(
        new byte[] {problem.code}, with(effect, problem.usual, Tuple.from(text)).pack());
  }

  /** Returns the answer for a message that was given up. */
  public static byte[] deadLetter(String text, int attempts, Effect effect) {
    return Keys.join(DEAD_LETTER, with(effect, Effect.NONE, Tuple.from(text, attempts)).pack());
  }

  /** Returns a refusal, without what is only for where it was thrown. */
  public static byte[] refusal(RefusedException refusal) {
    Tuple fields = Tuple.from(refusal.code(), refusal.text(), refusal.effect().name());
    for (Map.Entry<String, String> each : refusal.details().entrySet()) {
      fields = fields.add(each.getKey()).add(each.getValue());
    }
    return Keys.join(REFUSAL, fields.pack());
  }

  /** Returns whether an answer is a reply, rather than an error in its place. */
  public static boolean isValue(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == VALUE[0];
  }

  /** Adds an effect to the fields of an error, unless it is the usual one. */
  private static Tuple with(Effect effect, Effect usual, Tuple fields) {
    return effect == usual ? fields : fields.add(effect.name());
  }

  /** Returns the effect that {@link #with} added; unknown if a newer version of dgen did. */
  private static Effect effect(Tuple tuple, int index, Effect usual) {
    if (tuple.size() <= index) {
      return usual;
    }
    return switch (tuple.getString(index)) {
      case "NONE" -> Effect.NONE;
      case "APPLIED" -> Effect.APPLIED;
      default -> Effect.UNKNOWN;
    };
  }

  /**
   * Reads an answer.
   *
   * @return the reply
   * @throws DgenException the error that came back in its place
   * @throws CodecException if it is unreadable: {@link Effect#APPLIED} if it is a reply, {@link
   *     Effect#UNKNOWN} if not even that is known
   */
  public static @Nullable Object read(byte[] bytes, TermCodec<Object> codec) {
    if (bytes.length == 0) {
      throw unknown("a reply is empty", null);
    }
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    if (bytes[0] == VALUE[0]) {
      return value(rest, codec);
    }
    if (bytes[0] == DEAD_LETTER[0]) {
      throw deadLetter(rest);
    }
    if (bytes[0] == REFUSAL[0]) {
      throw refusal(rest);
    }
    for (Problem problem : Problem.values()) {
      if (problem.code == bytes[0]) {
        throw problem(problem, rest);
      }
    }
    throw unknown(
        "a reply has kind " + bytes[0] + ", which this version of dgen does not know", null);
  }

  /**
   * Reads an answer to what an entity asked.
   *
   * @throws CodecException if this version cannot read it
   */
  public static Answer<Object> answer(byte[] bytes, TermCodec<Object> codec) {
    if (isValue(bytes)) {
      return new Replied<>(read(bytes, codec));
    }
    if (!isKnown(bytes)) {
      throw unknown("an answer has a kind that this version of dgen does not know", null);
    }
    try {
      read(bytes, codec);
      throw new IllegalStateException("an error was read as a reply");
    } catch (RefusedException e) {
      return new Refused<>(e);
    } catch (DgenException e) {
      return new Failed<>(reasonOf(e), String.valueOf(e.getMessage()), e.effect());
    }
  }

  /** Returns an answer for people, as JSON. */
  public static String json(byte[] bytes) {
    if (isValue(bytes)) {
      return Json.ofTerm(Arrays.copyOfRange(bytes, 1, bytes.length));
    }
    String error;
    try {
      // No error needs a codec to be read.
      error =
          switch (answer(bytes, TermCodecs.untyped(TermCodecs.STRING))) {
            case Replied<?> it -> String.valueOf(it.reply());
            case Refused<?> it -> "refused: " + it.refusal().getMessage();
            case Failed<?> it -> it.reason() + ": " + it.text();
          };
    } catch (CodecException e) {
      error = String.valueOf(e.getMessage());
    }
    return Json.ofTerm(Terms.encode(TermCodecs.STRING, error));
  }

  private static boolean isKnown(byte[] bytes) {
    return bytes.length > 0
        && (bytes[0] == DEAD_LETTER[0]
            || bytes[0] == REFUSAL[0]
            || Arrays.stream(Problem.values()).anyMatch(each -> each.code == bytes[0]));
  }

  private static Reason reasonOf(DgenException error) {
    return switch (error) {
      case CallTimeoutException e -> Reason.TIMED_OUT;
      case EntityKilledException e -> Reason.KILLED;
      case EntityDeletedException e -> Reason.DELETED;
      case DeadLetterException e -> Reason.GIVEN_UP;
      case EntityStoppedException e -> Reason.STOPPED;
      case MessageTooLargeException e -> Reason.TOO_LARGE;
      case LockLostException e -> Reason.LOCK_LOST;
      case CodecException e -> Reason.DAMAGED;
      default -> Reason.OTHER;
    };
  }

  private static @Nullable Object value(byte[] term, TermCodec<Object> codec) {
    try {
      return Terms.<@Nullable Object>decode(term, codec::read);
    } catch (CodecException e) {
      throw e.withEffect(isTerm(term) ? Effect.APPLIED : Effect.UNKNOWN);
    }
  }

  /** Returns whether bytes are some term: if not, the row is damaged, and its first byte may be. */
  private static boolean isTerm(byte[] bytes) {
    try {
      Terms.check(bytes);
      return true;
    } catch (CodecException e) {
      return false;
    }
  }

  private static CodecException unknown(String text, @Nullable Throwable cause) {
    return new CodecException(text, cause).withEffect(Effect.UNKNOWN);
  }

  private static DeadLetterException deadLetter(byte[] tuple) {
    try {
      Tuple read = FlatTuple.decode(tuple, 0, tuple.length);
      return new DeadLetterException(
          read.getString(0), (int) read.getLong(1), effect(read, 2, Effect.NONE));
    } catch (RuntimeException e) {
      throw unknown("the answer that a message was given up is damaged", e);
    }
  }

  private static DgenException refusal(byte[] tuple) {
    try {
      Tuple read = FlatTuple.decode(tuple, 0, tuple.length);
      Map<String, String> details = new LinkedHashMap<>();
      for (int i = 3; i < read.size(); i += 2) {
        details.put(read.getString(i), read.getString(i + 1));
      }
      return RefusedException.of(
          new RefusedException(read.getString(0), read.getString(1), details),
          effect(read, 2, Effect.UNKNOWN));
    } catch (RuntimeException e) {
      throw unknown("a refusal that came back as a reply is damaged", e);
    }
  }

  private static DgenException problem(Problem problem, byte[] tuple) {
    try {
      Tuple read = FlatTuple.decode(tuple, 0, tuple.length);
      return problem.exception(read.getString(0), effect(read, 1, problem.usual));
    } catch (RuntimeException e) {
      throw unknown("an error that came back as a reply is damaged", e);
    }
  }
}
