package io.dgen.processor.validate;

import static io.dgen.processor.validate.ErrorCases.CLIENT_INCREMENT;
import static io.dgen.processor.validate.ErrorCases.RIGHT;
import static io.dgen.processor.validate.ErrorCases.file;

import io.dgen.processor.validate.ErrorCases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

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

  private static final String LOCKING =
      "  Lock<Void, State> handleAnswer(Stock.Reserve a, Answer<Boolean> b, State s);\n";

  private static final String COUNT =
      """
        record Count() implements Call<Long> {}
        Reply<Long, State> handleCall(Count c, State s);
      """;

  private static final String OTHER_STOCK =
      "class Other {\n"
          + STOCK
              .replace("@DistributedServer", "@DistributedServer(name = \"other\")")
              .replace("Reserve", "Take")
          + "}\n";

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
    List<Case> cases = new ArrayList<>();
    cases.addAll(asked());
    cases.addAll(answers());
    cases.addAll(parameters());
    cases.addAll(results());
    cases.addAll(names());
    cases.addAll(wrongElsewhere());
    return cases;
  }

  private static List<Case> asked() {
    return List.of(
        asking(
            "  State handleAnswer(Stock.Look §asked, Answer<Long> answer, State state);\n",
            "CounterAsks.in(null).stock(\"a\").look();",
            askedMessage("handleAnswer(Look, Answer<Long>, State)", "Look, which is a Query")),
        asking(
            "  State handleAnswer(Increment §asked, Answer<Long> answer, State state);\n",
            "CounterAsks.in(null).counter(\"a\").increment(1);",
            askedMessage(
                "handleAnswer(Increment, Answer<Long>, State)", "Increment, which is a Cast")),
        asking(
            "  State handleAnswer(Answer<Long> answer, State state, String §asked);\n",
            "Object asks = CounterAsks.in(null);",
            askedMessage("handleAnswer(Answer<Long>, State, String)", "String")),
        asking(
            "  State §handleAnswer(Answer<Long> answer, State state);\n",
            "Object asks = CounterAsks.in(null);",
            askedMessage("handleAnswer(Answer<Long>, State)", "none")),
        file(
            counter(
                    "  State handleAnswer(Other.Free §asked, Answer<Boolean> answer, State"
                        + " state);\n")
                + "class Other {\n  record Free(String a) implements Call<Boolean> {}\n}\n",
            CLIENT_INCREMENT + "demo.CounterAsks.in(null).other(\"a\").free(\"b\");",
            askedMessage(
                "handleAnswer(Free, Answer<Boolean>, State)", "Free, which belongs to no server")),
        asking(
            "  State §handleAnswer(Stock.Reserve a, Count b, Answer<Long> c, State d);\n" + COUNT,
            RESERVE,
            askedMessage("handleAnswer(Reserve, Count, Answer<Long>, State)", "Reserve and Count")),
        asking(
            ANSWER
                + "  State §handleAnswer(State state, Stock.Reserve asked, Answer<Boolean>"
                + " answer);\n",
            RESERVE,
            "[dgen:duplicate-callback] Reserve must have one callback; found handleAnswer(Reserve,"
                + " Answer<Boolean>, State) and handleAnswer(State, Reserve, Answer<Boolean>);"
                + " remove one of them"),
        asking(
            "  State §handleAnwser(Stock.Reserve asked, Answer<Boolean> answer, State state);\n",
            RESERVE,
            misnamed("handleAnwser")),
        asking(
            "  State §handleCast(Stock.Reserve asked, Answer<Boolean> answer, State state);\n",
            RESERVE,
            misnamed("handleCast")),
        asking(
            ANSWER + "  State handleCast(Stock.Reserve §asked, State state);\n",
            RESERVE,
            "[dgen:message-outside] Reserve is declared outside Counter; declare it inside"),
        asking(
            ANSWER
                + "  record Put() implements Cast {}\n"
                + "  State handleCast(Put message, Answer<Long> §answer, State state);\n",
            RESERVE + "client.put();",
            "[dgen:callback-parameter] handleCast takes its message, the state, and optionally"
                + " Context; found Answer<Long>; remove it"));
  }

  private static String misnamed(String name) {
    return "[dgen:misnamed-callback] message record Reserve must have a callback named"
        + " handleAnswer; found "
        + name
        + "(Reserve, Answer<Boolean>, State); rename it";
  }

  private static List<Case> answers() {
    return List.of(
        answer("§handleAnswer(Stock.Reserve asked, State state)", "(Reserve, State)", "none"),
        answer(
            "handleAnswer(Stock.Reserve asked, Answer §answer, State state)",
            "(Reserve, Answer, State)",
            "Answer"),
        answer(
            "handleAnswer(Stock.Reserve asked, Answer<?> §answer, State state)",
            "(Reserve, Answer<?>, State)",
            "Answer<?>"),
        answer(
            "handleAnswer(State state, Answer<? extends Boolean> §answer, Stock.Reserve asked)",
            "(State, Answer<? extends Boolean>, Reserve)",
            "Answer<? extends Boolean>"),
        answer(
            "handleAnswer(Stock.Reserve asked, Answer.Replied<Boolean> §answer, State state)",
            "(Reserve, Replied<Boolean>, State)",
            "Replied<Boolean>"),
        answer(
            "handleAnswer(Stock.Reserve asked, boolean §answer, State state)",
            "(Reserve, boolean, State)",
            "boolean"),
        answer(
            "handleAnswer(Stock.Reserve asked, String §answer, State state)",
            "(Reserve, String, State)",
            "String"),
        asking(
            ANSWER + "  State §handleDeadLetter(Stock.Reserve asked, State state);\n",
            RESERVE,
            answerType("handleDeadLetter(Reserve, State)", "none")),
        asking(
            LOCKING
                + "  LockedResult<Void, State> §handleLocked(Stock.Reserve asked, State state);\n",
            RESERVE,
            answerType("handleLocked(Reserve, State)", "none")));
  }

  private static Case answer(String method, String taken, String found) {
    return asking("  State " + method + ";\n", RESERVE, answerType("handleAnswer" + taken, found));
  }

  private static String answerType(String callback, String found) {
    return "[dgen:answer-type] "
        + callback
        + " must take the answer as Answer<Boolean>; found "
        + found
        + "; take Answer<Boolean>";
  }

  private static List<Case> parameters() {
    String takes =
        "[dgen:callback-parameter] handleAnswer takes what was asked, its answer, the state, and"
            + " optionally Context; found ";
    return List.of(
        asking(
            "  State §handleAnswer(Stock.Reserve asked, Answer<Boolean> answer);\n",
            RESERVE,
            "[dgen:state-parameter] handleAnswer(Reserve, Answer<Boolean>) must take the state,"
                + " State; found none; take State"),
        asking(
            "  State handleAnswer(Stock.Reserve asked, Answer<Boolean> answer, Long §state);\n",
            RESERVE,
            "[dgen:state-parameter] handleAnswer(Reserve, Answer<Boolean>, Long) must take the"
                + " state, State; found Long; take State"),
        asking(
            "  State handleAnswer(Stock.Reserve a, Answer<Boolean> b, State s, From<Boolean>"
                + " §c);\n",
            RESERVE,
            takes + "From<Boolean>; remove it"),
        asking(
            "  State handleAnswer(Stock.Reserve a, Answer<Boolean> b, State s, QueryContext §c);\n",
            RESERVE,
            takes + "QueryContext; take Context"),
        asking(
            "  State handleAnswer(Stock.Reserve a, Answer<Boolean> b, State s, String §id);\n",
            RESERVE,
            takes + "String; take Context and use context.id()"),
        asking(
            "  State handleAnswer(Stock.Reserve a, Answer<Boolean> b, Answer<Boolean> §c, State"
                + " s);\n",
            RESERVE,
            "[dgen:duplicate-parameter] handleAnswer(Reserve, Answer<Boolean>, Answer<Boolean>,"
                + " State) must take each thing once; found two Answer<Boolean>; remove one"),
        asking(
            "  private State §handleAnswer(Stock.Reserve a, Answer<Boolean> b, State s) { return s;"
                + " }\n",
            RESERVE,
            "[dgen:callback-form] handleAnswer(Reserve, Answer<Boolean>, State) must be a default"
                + " or abstract method without type parameters; found private; change it"),
        asking(
            "  State §handleAnswer(Stock.Reserve a, Answer<Boolean> b, State s) throws"
                + " Throwable;\n",
            RESERVE,
            "[dgen:callback-throws] handleAnswer(Reserve, Answer<Boolean>, State) must declare to"
                + " throw only exceptions; found throws Throwable; declare Exception, or a class"
                + " below it"),
        file(
            "interface Base<S> {\n"
                + "  S handleAnswer(Stock.Reserve asked, Answer<Long> answer, S state);\n}\n"
                + counter("")
                    .replace("interface Counter", "§interface Counter extends Base<Counter.State>")
                + STOCK,
            CLIENT_INCREMENT + "demo." + RESERVE,
            "[dgen:answer-type] handleAnswer(Reserve, Answer<Long>, State) must take the answer as"
                + " Answer<Boolean>; found Answer<Long>; take Answer<Boolean>"));
  }

  private static List<Case> results() {
    return List.of(
        result("Reply<Boolean, State>", "Reply<Boolean, State>"),
        result("void", "void"),
        result("Refuse<Void, State>", "Refuse<Void, State>"),
        result("boolean", "boolean"),
        asking(
            LOCKING.replace("handleAnswer", "§handleAnswer"),
            RESERVE,
            "[dgen:lock-unhandled] handleAnswer(Reserve, Answer<Boolean>, State) locks, so its"
                + " message must have a handleLocked; found none; declare LockedResult<Void, State>"
                + " handleLocked(Reserve, Answer<Boolean>, State)"),
        asking(
            ANSWER
                + "  LockedResult<Void, State> §handleLocked("
                + "Stock.Reserve asked, Answer<Boolean> answer, State state);\n",
            RESERVE,
            "[dgen:locked-unreachable] handleLocked(Reserve, Answer<Boolean>, State) must be for a"
                + " message that locks; found that handleAnswer(Reserve, Answer<Boolean>, State)"
                + " returns State; return CastResult<State> there, or remove the method"),
        asking(
            LOCKING
                + "  State §handleLocked(Stock.Reserve asked, Answer<Boolean> answer, State"
                + " state);\n",
            RESERVE,
            "[dgen:locked-return] handleLocked(Reserve, Answer<Boolean>, State) must return"
                + " LockedResult<Void, State>; found State"),
        asking(
            "  LockedResult<Void, State> §handleLocked("
                + "Stock.Reserve asked, Answer<Boolean> answer, State state);\n",
            RESERVE,
            "[dgen:answer-unhandled] handleLocked(Reserve, Answer<Boolean>, State) must be for an"
                + " answer that has a handleAnswer; found none; declare handleAnswer(Reserve,"
                + " Answer<Boolean>, State), or remove the method"),
        asking(
            ANSWER
                + "  Lock<Void, State> §handleDeadLetter("
                + "Stock.Reserve asked, Answer<Boolean> answer, State state);\n",
            RESERVE,
            "[dgen:cast-return] handleDeadLetter(Reserve, Answer<Boolean>, State) must return"
                + " CastResult<State>, NoReply<State> or State; found Lock<Void, State>"));
  }

  private static Case result(String written, String found) {
    return asking(
        ANSWER.replace("State handle", written + " §handle"),
        RESERVE,
        "[dgen:cast-return] handleAnswer(Reserve, Answer<Boolean>, State) must return"
            + " CastResult<State>, NoReply<State> or State; found "
            + found);
  }

  private static List<Case> names() {
    return List.of(
        asking(
            ANSWER.replace("Answer<", "io.dgen.Answer<")
                + "  §record Answer() implements Cast {}\n"
                + ErrorCases.cast("Answer"),
            RESERVE,
            "[dgen:message-name] message record Answer gives CounterMessage a nested class; found"
                + " that it has its own Answer; rename the record"),
        file(
            counter(ANSWER).replace("interface Counter", "§interface Counter")
                + STOCK
                + "class CounterAsks {}\n",
            CLIENT_INCREMENT,
            "[dgen:generated-name] Counter generates CounterAsks; found another class of that name;"
                + " rename one of them"),
        file(
            counter(
                    ANSWER
                        + "  State handleAnswer(Other.Stock.Take §a, Answer<Boolean> b, State"
                        + " s);\n")
                + STOCK
                + OTHER_STOCK,
            CLIENT_INCREMENT
                + "demo."
                + RESERVE
                + "demo.CounterAsks.in(null).stock(\"a\").take(\"b\", 2);",
            "[dgen:same-ask] asking Stock.Take gives CounterAsks a method stock(); found that"
                + " asking demo.Stock gives it too; rename one of them"),
        file(
            counter(
                    ANSWER
                        + "  State handleAnswer(StockRe.Serve §a, Answer<Boolean> b, State s);\n")
                + STOCK
                + STOCK.replace("Stock", "StockRe").replace("Reserve", "Serve"),
            CLIENT_INCREMENT
                + "demo."
                + RESERVE
                + "demo.CounterAsks.in(null).stockRe(\"a\").serve(\"b\", 2);",
            "[dgen:same-ask] asking StockRe.Serve gives CounterMessage a nested class StockReServe;"
                + " found that asking Stock.Reserve gives it too; rename one of them"));
  }

  /** What is wrong in another server, or elsewhere in this one, is one error too. */
  private static List<Case> wrongElsewhere() {
    String reserve = "record Reserve(String order, int count) implements Call<Boolean> {}";
    return List.of(
        wrongStock(
            reserve,
            reserve.replace("int count", "Thread §count"),
            "CounterAsks.in(null).stock(\"a\").reserve(\"b\", null);",
            ErrorCases.noCodec("Reserve.count: Thread")),
        wrongStock(
            reserve,
            reserve.replace("record", "§record").replace("Call<Boolean>", "Call"),
            RESERVE,
            "[dgen:raw-call] message record Reserve must say the type of its reply; found Call;"
                + " write Call<R>, or Cast if it has no reply"),
        wrongStock(
            reserve,
            reserve.replace("Reserve(", "Reserve<§T>("),
            RESERVE,
            "[dgen:generic-record] record Reserve must not have type parameters; found <T>; remove"
                + " them"),
        wrongStock(
            reserve,
            reserve.replace("record", "§record").replace("Call<Boolean>", "Call<Boolean>, Cast"),
            RESERVE,
            "[dgen:two-kinds] message record Reserve must have one kind; found Call and Cast; keep"
                + " one of them"),
        wrongStock(
            "State handleCast(Clear message, State state);\n",
            "",
            RESERVE,
            "[dgen:unhandled] message record Clear has no callback; declare handleCast(Clear,"
                + " State)",
            it -> it.replace("  record Clear", "  §record Clear")),
        wrongStock(
            "State init();",
            "",
            RESERVE,
            "[dgen:no-init] Stock must create its first state; found no init; declare State init()",
            it -> it.replace("interface Stock", "§interface Stock")),
        wrongStock(
            "@DistributedServer\ninterface",
            "interface",
            RESERVE,
            askedMessage(
                "handleAnswer(Reserve, Answer<Boolean>, State)",
                "Reserve, which belongs to no server"),
            it -> it.replace("Stock.Reserve asked", "Stock.Reserve §asked")),
        asking(
            ANSWER + "  §record Put() implements Cast {}\n",
            RESERVE + "client.put();",
            "[dgen:unhandled] message record Put has no callback; declare handleCast(Put, State)"));
  }

  private static Case wrongStock(String right, String wrong, String use, String text) {
    return wrongStock(right, wrong, use, text, it -> it);
  }

  private static Case wrongStock(
      String right, String wrong, String use, String text, UnaryOperator<String> marked) {
    return file(
        marked.apply(counter(ANSWER) + STOCK.replace(right, wrong)),
        CLIENT_INCREMENT + "demo." + use,
        text);
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
