package io.dgen.internal.engine.send;

import io.dgen.Answer;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.MessageKind;
import io.dgen.generated.codec.TermCodecs;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The message by which an operator deletes an entity. It waits in lane and queue among the messages
 * of the entity's server, but is none of them: it has no record, and any node can send it, without
 * the server's classes. Its reply is whether there was an entity.
 */
public final class DeleteMessage {

  /** No record can have this name, so a version that does not know the message cannot decode it. */
  public static final String NAME = "delete()";

  private static final DeleteMessage INSTANCE = new DeleteMessage();

  private DeleteMessage() {}

  /** Returns whether a message is this one. */
  @SuppressWarnings("ReferenceEquality") // There is one instance.
  public static boolean is(Object message) {
    return message == INSTANCE;
  }

  /**
   * Returns the message, in the place of one of the server's.
   *
   * @param <M> the type of the server's messages, of which it is none: it must not reach user code
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <M> M message() {
    return (M) INSTANCE;
  }

  /** Returns the codec of this message alone, for senders that need not know the server's. */
  public static MessageCodec<Object> alone() {
    return new Codec<>(null);
  }

  /** Returns a codec of a server's messages and of this one. */
  public static <M> MessageCodec<M> among(MessageCodec<M> others) {
    return new Codec<>(others);
  }

  private static final class Codec<M> implements MessageCodec<M> {

    private final @Nullable MessageCodec<M> others;

    Codec(@Nullable MessageCodec<M> others) {
      this.others = others;
    }

    private MessageCodec<M> others() {
      if (others == null) {
        throw new IllegalStateException("this codec knows no message of a server");
      }
      return others;
    }

    @Override
    public String name(M message) {
      return is(message) ? NAME : others().name(message);
    }

    @Override
    public MessageKind kind(M message) {
      return is(message) ? MessageKind.CALL : others().kind(message);
    }

    @Override
    public void write(M message, TermWriter out) {
      if (is(message)) {
        out.writeNull();
      } else {
        others().write(message, out);
      }
    }

    @Override
    public M read(String name, TermReader in) {
      if (!name.equals(NAME)) {
        return others().read(name, in);
      }
      if (!in.readNull()) {
        throw new CodecException(NAME + " must have no content");
      }
      return message();
    }

    @Override
    public void writeAsked(String name, Record asked, TermWriter out) {
      others().writeAsked(name, asked, out);
    }

    @Override
    public M readAnswer(
        String name, TermReader asked, Function<TermCodec<Object>, Answer<?>> answer) {
      return others().readAnswer(name, asked, answer);
    }

    @Override
    public M freeze(M message) {
      return is(message) ? message : others().freeze(message);
    }

    @Override
    public TermCodec<Object> replyCodec(M message) {
      return is(message) ? TermCodecs.untyped(TermCodecs.BOOLEAN) : others().replyCodec(message);
    }
  }
}
