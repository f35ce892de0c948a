package io.dgen.generated;

import io.dgen.Answer;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What makes answers of one kind into messages.
 *
 * @param wrap wraps what was asked, and the answer
 * @param asked the codec of the record that was asked
 * @param reply the codec of the reply
 * @param <W> the wrapper
 * @param <Q> the record of the call
 * @param <R> the reply's type
 */
record AnswerForm<W extends MessageWrapper<Answered<Q, R>>, Q extends Record, R>(
    Function<Answered<Q, R>, W> wrap, TermCodec<Q> asked, TermCodec<Object> reply) {

  @SuppressWarnings("unchecked") // The name of the record leads to this form.
  void writeAsked(TermWriter out, Record record) {
    asked.write(out, (Q) record);
  }

  @SuppressWarnings("unchecked") // The answer was read with the codec of its reply.
  W read(TermReader in, Function<TermCodec<Object>, Answer<?>> answer) {
    Q record = Objects.requireNonNull(asked.read(in), "asked");
    return wrap.apply(new Answered<>(record, (Answer<R>) answer.apply(reply)));
  }

  /** Returns the form of these messages as far as it is that of all messages. */
  MessageForm<W, Answered<Q, R>> form(String name) {
    return new MessageForm<>(MessageKind.ANSWER, name, wrap, new AskedCodec<>(asked), null);
  }

  /** Writes what was asked, which is all that a tool can show without the row of the ask. */
  private record AskedCodec<Q extends Record, R>(TermCodec<Q> asked)
      implements TermCodec<Answered<Q, R>> {

    @Override
    public void write(TermWriter out, @Nullable Answered<Q, R> value) {
      asked.write(out, value == null ? null : value.asked());
    }

    @Override
    public @Nullable Answered<Q, R> read(TermReader in) {
      throw in.fail("an answer is read with what was asked");
    }

    /** An answer is read from the store each time, so that nobody shares it. */
    @Override
    public boolean isImmutable() {
      return true;
    }
  }
}
