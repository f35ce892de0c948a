package io.dgen.processor.validate;

import static io.dgen.processor.validate.ErrorCases.CLIENT_INCREMENT;
import static io.dgen.processor.validate.ErrorCases.RIGHT;
import static io.dgen.processor.validate.ErrorCases.file;

import io.dgen.processor.validate.ErrorCases.Case;
import java.util.List;

/** Mistakes in what asks another entity, and in what takes the answer. */
final class AskCases {

  private static final String STOCK =
      """
      @DistributedServer
      interface Stock {
        record State(long count) {}
        State init();
        record Reserve(String order, int count) implements Call<Boolean> {}
        Reply<Boolean, State> handleCall(Reserve message, State state);
        record Clear() implements Cast {}
        State handleCast(Clear message, State state);
        record Look() implements Query<Long> {}
        long handleQuery(Look message, State state);
      }
      """;

  private static final String ANSWER =
      "  State handleAnswer(Stock.Reserve asked, Answer<Boolean> answer, State state);\n";

  private static final String RESERVE =
      "CounterAsks.in(null).stock(\"a\").within(null).reserve(\"b\", 2);";

  private AskCases() {}

  static Case of(Message message) {
    return switch (message) {
      case ASKED_MESSAGE ->
          asking(
              "  State handleAnswer(Stock.Clear §asked, Answer<Long> answer, State state);\n",
              "CounterAsks.in(null).stock(\"a\").clear();",
              askedMessage("handleAnswer(Clear, Answer<Long>, State)", "Clear, which is a Cast"));
      case ANSWER_TYPE ->
          asking(
              "  State handleAnswer(Stock.Reserve asked, Answer<Long> §answer, State state);\n",
              RESERVE,
              "[dgen:answer-type] handleAnswer(Reserve, Answer<Long>, State) must take the answer"
                  + " as Answer<Boolean>; found Answer<Long>; take Answer<Boolean>");
      case ANSWER_UNHANDLED ->
          asking(
              "  State §handleDeadLetter(Stock.Reserve asked, Answer<Boolean> answer, State s);\n",
              RESERVE,
              "[dgen:answer-unhandled] handleDeadLetter(Reserve, Answer<Boolean>, State) must be"
                  + " for an answer that has a handleAnswer; found none; declare"
                  + " handleAnswer(Reserve, Answer<Boolean>, State), or remove the method");
      case SAME_ASK ->
          asking(
              "  record StockReserve() implements Cast {}\n"
                  + ErrorCases.cast("StockReserve")
                  + "  State handleAnswer(Stock.Reserve §asked, Answer<Boolean> a, State state);\n",
              RESERVE + "client.stockReserve();",
              "[dgen:same-ask] asking Stock.Reserve gives CounterMessage a nested class"
                  + " StockReserve; found that message record StockReserve gives it too; rename one"
                  + " of them");
      case ASK_NAME ->
          file(
              counter(
                      "  State handleAnswer(Long.Take §asked, Answer<Boolean> answer, State"
                          + " state);\n")
                  + STOCK
                      .replace("Stock", "Long")
                      .replace("Reserve", "Take")
                      .replace("<Long>", "<Integer>")
                      .replace("long handleQuery", "int handleQuery"),
              CLIENT_INCREMENT,
              "[dgen:ask-name] asking Long.Take gives CounterAsks a method long(); found that the"
                  + " name is taken by the Java language; rename the record or its interface");
      default -> throw new IllegalArgumentException(message + " is not about asking");
    };
  }

  static List<Case> variants() {
    return List.of();
  }

  private static String askedMessage(String callback, String found) {
    return "[dgen:asked-message] "
        + callback
        + " must take what was asked: one record of a distributed server that implements Call<R>;"
        + " found "
        + found
        + "; take one";
  }

  private static String counter(String body) {
    return "@DistributedServer\npublic interface Counter {\n" + RIGHT + body + "}\n";
  }

  private static Case asking(String body, String use, String text) {
    return file(
        counter(body) + STOCK,
        CLIENT_INCREMENT + use.replace("CounterAsks.", "demo.CounterAsks."),
        text);
  }
}
