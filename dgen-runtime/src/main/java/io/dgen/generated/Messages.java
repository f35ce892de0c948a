package io.dgen.generated;

import io.dgen.Answer;
import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.codec.TermCodecs;
import io.dgen.generated.codec.VersionedMessages;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a server's messages: a table by wrapper and by name. Immutable and thread-safe.
 *
 * @param <M> the sealed interface over the server's messages
 */
public final class Messages<M extends ServerMessage> implements MessageCodec<M> {

  private final String server;
  private final SchemaVersion version;
  private final Map<Class<?>, MessageForm<?, ?>> byType;
  private final Map<String, MessageForm<?, ?>> byName;
  private final Map<String, AnswerForm<?, ?, ?>> answers;

  private Messages(Builder<M> builder) {
    this.server = builder.server;
    this.version = builder.version;
    this.byType = new HashMap<>(builder.byType);
    this.byName = new HashMap<>(builder.byName);
    this.answers = Map.copyOf(builder.answers);
  }

  /**
   * Returns a builder of a server's table of messages.
   *
   * @param server the server's name
   * @param version the version of the types that are written
   * @param <M> the sealed interface over the server's messages
   * @return a table without messages
   */
  public static <M extends ServerMessage> Builder<M> of(String server, SchemaVersion version) {
    return new Builder<>(server, version);
  }

  @Override
  public String name(M message) {
    return form(message).name();
  }

  @Override
  public MessageKind kind(M message) {
    return form(message).kind();
  }

  @Override
  public void write(M message, TermWriter out) {
    VersionedMessages.start(out, version);
    form(message).write(out, message);
    out.endList();
  }

  @Override
  @SuppressWarnings("unchecked") // The builder accepted only wrappers that are an M.
  public M read(String name, TermReader in) {
    return VersionedMessages.read(
        in,
        name,
        version,
        () -> {
          MessageForm<?, ?> form = byName.get(name);
          if (form == null) {
            throw in.fail(
                "no message record named "
                    + name
                    + " in server "
                    + server
                    + "; is this node older than the sender?");
          }
          return (M) form.read(in);
        });
  }

  @Override
  public void writeAsked(String name, Record asked, TermWriter out) {
    AnswerForm<?, ?, ?> form = answers.get(name);
    if (form == null) {
      throw new IllegalArgumentException("server " + server + " has no handleAnswer for " + name);
    }
    VersionedMessages.start(out, version);
    form.writeAsked(out, asked);
    out.endList();
  }

  @Override
  @SuppressWarnings("unchecked") // The builder accepted only wrappers that are an M.
  public M readAnswer(
      String name, TermReader asked, Function<TermCodec<Object>, Answer<?>> answer) {
    return VersionedMessages.read(
        asked,
        name,
        version,
        () -> {
          AnswerForm<?, ?, ?> form = answers.get(name);
          if (form == null) {
            throw asked.fail(
                "no handleAnswer for "
                    + name
                    + " in server "
                    + server
                    + "; is this node older than the one that asked?");
          }
          return (M) form.read(asked, answer);
        });
  }

  @Override
  @SuppressWarnings("unchecked") // The form was found by the class of the wrapper.
  public M freeze(M message) {
    MessageWrapper<?> frozen = form(message).frozen(message);
    return frozen == null ? message : (M) frozen;
  }

  @Override
  public TermCodec<Object> replyCodec(M message) {
    MessageForm<?, ?> form = form(message);
    TermCodec<Object> reply = form.reply();
    if (reply == null) {
      throw new IllegalArgumentException(
          form.name() + " is neither a call nor a query, and has no reply");
    }
    return reply;
  }

  private MessageForm<?, ?> form(M message) {
    MessageForm<?, ?> form = byType.get(message.getClass());
    if (form == null) {
      throw new IllegalArgumentException(
          "server " + server + " has no message " + message.getClass().getName());
    }
    return form;
  }

  /**
   * Builds a table of messages. Not thread-safe.
   *
   * @param <M> the sealed interface over the server's messages
   */
  public static final class Builder<M extends ServerMessage> {

    private final String server;
    private final SchemaVersion version;
    private final Map<Class<?>, MessageForm<?, ?>> byType = new HashMap<>();
    private final Map<String, MessageForm<?, ?>> byName = new HashMap<>();
    private final Map<String, AnswerForm<?, ?, ?>> answers = new HashMap<>(0);

    private Builder(String server, SchemaVersion version) {
      this.server = server;
      this.version = version;
    }

    /**
     * Adds a call.
     *
     * @param name the name of its record
     * @param type its wrapper
     * @param wrap wraps a record
     * @param codec the codec of its record
     * @param reply the codec of its reply
     * @param <W> its wrapper
     * @param <R> its record
     * @return this table
     */
    public <W extends MessageWrapper<R>, R extends Record> Builder<M> call(
        String name, Class<W> type, Function<R, W> wrap, TermCodec<R> codec, TermCodec<?> reply) {
      return add(
          type, new MessageForm<>(MessageKind.CALL, name, wrap, codec, TermCodecs.untyped(reply)));
    }

    /**
     * Adds a cast.
     *
     * @param name the name of its record
     * @param type its wrapper
     * @param wrap wraps a record
     * @param codec the codec of its record
     * @param <W> its wrapper
     * @param <R> its record
     * @return this table
     */
    public <W extends MessageWrapper<R>, R extends Record> Builder<M> cast(
        String name, Class<W> type, Function<R, W> wrap, TermCodec<R> codec) {
      return add(type, new MessageForm<>(MessageKind.CAST, name, wrap, codec, null));
    }

    /**
     * Adds an info message.
     *
     * @param name the name of its record
     * @param type its wrapper
     * @param wrap wraps a record
     * @param codec the codec of its record
     * @param <W> its wrapper
     * @param <R> its record
     * @return this table
     */
    public <W extends MessageWrapper<R>, R extends Record> Builder<M> info(
        String name, Class<W> type, Function<R, W> wrap, TermCodec<R> codec) {
      return add(type, new MessageForm<>(MessageKind.INFO, name, wrap, codec, null));
    }

    /**
     * Adds a query.
     *
     * @param name the name of its record
     * @param type its wrapper
     * @param wrap wraps a record
     * @param codec the codec of its record
     * @param reply the codec of its reply
     * @param <W> its wrapper
     * @param <R> its record
     * @return this table
     */
    public <W extends MessageWrapper<R>, R extends Record> Builder<M> query(
        String name, Class<W> type, Function<R, W> wrap, TermCodec<R> codec, TermCodec<?> reply) {
      return add(
          type, new MessageForm<>(MessageKind.QUERY, name, wrap, codec, TermCodecs.untyped(reply)));
    }

    /**
     * Adds the answers to what entities of the server ask.
     *
     * @param asked the name of the server that is asked
     * @param name the name of the record that it is asked with
     * @param type the wrapper of the answer
     * @param wrap wraps what was asked, and the answer
     * @param codec the codec of the record
     * @param reply the codec of the reply
     * @param <W> the wrapper
     * @param <Q> the record
     * @param <R> the reply's type
     * @return this table
     */
    public <W extends MessageWrapper<Answered<Q, R>>, Q extends Record, R> Builder<M> answer(
        String asked,
        String name,
        Class<W> type,
        Function<Answered<Q, R>, W> wrap,
        TermCodec<Q> codec,
        TermCodec<R> reply) {
      AnswerForm<W, Q, R> form = new AnswerForm<>(wrap, codec, TermCodecs.untyped(reply));
      String full = asked + "." + name;
      answers.put(full, form);
      return add(type, form.form(full));
    }

    private Builder<M> add(Class<?> type, MessageForm<?, ?> form) {
      byType.put(type, form);
      byName.put(form.name(), form);
      return this;
    }

    /**
     * Adds former names of a message.
     *
     * @param name the name of its record
     * @param former the names under which it was stored before
     * @return this table
     */
    public Builder<M> renamed(String name, String... former) {
      @Nullable MessageForm<?, ?> form = byName.get(name);
      if (form == null) {
        throw new IllegalArgumentException("server " + server + " has no message " + name);
      }
      AnswerForm<?, ?, ?> answer = answers.get(name);
      for (String each : former) {
        byName.put(each, form);
        if (answer != null) {
          answers.put(each, answer);
        }
      }
      return this;
    }

    /**
     * Builds the table.
     *
     * @return the codec
     */
    public Messages<M> build() {
      return new Messages<>(this);
    }
  }
}
