package io.dgen.generated;

import io.dgen.Answer;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.function.Function;

/**
 * Names, writes and reads the messages of one server. Stateless and thread-safe.
 *
 * @param <M> the sealed interface over the server's messages, such as {@code CounterMessage}
 */
public interface MessageCodec<M> {

  /**
   * Returns the name under which a message is stored: the simple name of its record.
   *
   * @param message a message
   * @return the name, unique within the server
   */
  String name(M message);

  /**
   * Returns the kind of a message.
   *
   * @param message a message
   * @return the kind, by the marker interface of its record
   */
  MessageKind kind(M message);

  /**
   * Writes a message's record as one term.
   *
   * @param message the message
   * @param out the writer
   */
  void write(M message, TermWriter out);

  /**
   * Reads what {@link #write} wrote.
   *
   * @param name the message's name
   * @param in the reader
   * @return the message
   * @throws io.dgen.codec.CodecException if no message has the name, or the bytes are not one
   */
  M read(String name, TermReader in);

  /**
   * Writes a record that an entity of the server asks another one with, for the time when the
   * answer comes.
   *
   * @param name the name of the answer: that of the asked server, a full stop, and that of the
   *     record
   * @param asked the record
   * @param out the writer
   * @throws IllegalArgumentException if the server takes no such answer
   */
  void writeAsked(String name, Record asked, TermWriter out);

  /**
   * Reads an answer.
   *
   * @param name the name of the answer, as for {@link #writeAsked}
   * @param asked what {@link #writeAsked} wrote
   * @param answer reads the answer, given the codec of the reply
   * @return the message
   * @throws io.dgen.codec.CodecException if the server takes no such answer, or the bytes are not
   *     one
   */
  M readAnswer(String name, TermReader asked, Function<TermCodec<Object>, Answer<?>> answer);

  /**
   * Returns a message that shares nothing mutable with its sender.
   *
   * @param message the sender's message
   * @return the same instance if it holds nothing mutable, else a copy
   */
  M freeze(M message);

  /**
   * Returns the codec of a call's or a query's reply.
   *
   * @param message a message of kind {@link MessageKind#CALL} or {@link MessageKind#QUERY}
   * @return the codec of the {@code R} in its {@code Call<R>} or {@code Query<R>}
   * @throws IllegalArgumentException if the message is neither
   */
  TermCodec<Object> replyCodec(M message);
}
