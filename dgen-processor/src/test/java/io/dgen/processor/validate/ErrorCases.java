package io.dgen.processor.validate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One mistake for each message. The mark § is where the error is expected. */
final class ErrorCases {

  /** These need another class path, another file manager, another processor or a schema file. */
  static final Set<Message> ELSEWHERE =
      EnumSet.of(
          Message.NO_RUNTIME,
          Message.WRITE_FAILED,
          Message.BUG,
          Message.LATE_TYPE,
          Message.SCHEMA_OPTION,
          Message.SCHEMA_FILE,
          Message.SCHEMA_NAME,
          Message.SCHEMA_TYPE,
          Message.SCHEMA_CONSTANT,
          Message.SCHEMA_VARIANT,
          Message.SCHEMA_MESSAGE,
          Message.SCHEMA_ANSWER,
          Message.SCHEMA_STEP,
          Message.SCHEMA_KIND,
          Message.SCHEMA_FORGOTTEN,
          Message.SCHEMA_LOST,
          Message.SCHEMA_REUSED);

  static final String STATE = "  record State(long value) {}\n";
  static final String INIT = "  default State init() { return new State(0); }\n";
  static final String INCREMENT =
      """
        record Increment(long by) implements Cast {}
        default State handleCast(Increment message, State state) {
          return new State(state.value() + message.by());
        }
      """;
  static final String RIGHT = STATE + INIT + INCREMENT;

  /** A message that does its work under the lock. */
  static final String WORK =
      """
        record Work() implements Call<Long> {}
        default Lock<Long, State> handleCall(Work message, State state) {
          return Results.lock(state);
        }
        default LockedResult<Long, State> handleLocked(
            Work message, State state, LockedContext context) {
          return Results.unlock(1L, now -> now);
        }
      """;

  static final String CLIENT_INCREMENT = "client.increment(1); client.incrementAsync(1).join();";

  /**
   * A mistake.
   *
   * @param counter {@code demo.Counter}, with the mark
   * @param user code that uses what is generated for it
   * @param text the error
   */
  record Case(String counter, String user, String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private ErrorCases() {}

  /** A switch, so that javac finds a message that has no case. */
  static Case of(Message message) {
    return switch (message) {
      case NOT_INTERFACE ->
          file(
              """
              @DistributedServer
              public §class Counter {
                record State(long value) {}
                public record Increment(long by) implements Cast {}
              }
              """,
              CLIENT_INCREMENT,
              "[dgen:not-interface] Counter must be an interface to be a distributed server; found"
                  + " a class; change it");
      case PRIVATE_INTERFACE ->
          new Case(
              """
              package demo;
              import io.dgen.*;
              import io.dgen.annotations.DistributedServer;
              public class Counter {
                @DistributedServer
                private §interface Inner {
                  record State(long value) {}
                  record Increment(long by) implements Cast {}
                }
                Counter_InnerClient client;
                Counter_InnerServer server = Counter_InnerServer.of();
                Counter_InnerMessage message;
              }
              """,
              "package demo.user; class User {}",
              "[dgen:private-interface] Inner must be visible in its package, where its client is"
                  + " generated; found that Inner is private; remove the modifier");
      case LOCAL_INTERFACE ->
          new Case(
              """
              package demo;
              import io.dgen.*;
              import io.dgen.annotations.*;
              public class Counter {
                void method() {
                  @DistributedServer
                  §interface Inner {
                    record State(long value) {}
                    record Increment(long by) implements Cast {}
                  }
                }
              }
              """,
              "package demo.user; class User {}",
              "[dgen:local-interface] Inner must be a top-level type or a member of one, since"
                  + " processors do not see it elsewhere; found it in a method; move it out");
      case GENERIC_INTERFACE ->
          file(
              "@DistributedServer\npublic interface Counter<§T> {\n" + RIGHT + "}\n",
              CLIENT_INCREMENT,
              "[dgen:generic-interface] Counter must not have type parameters, since stored data"
                  + " has one type; found <T>; remove them");
      case SEALED_INTERFACE ->
          file(
              "@DistributedServer\npublic sealed §interface Counter permits Impl {\n"
                  + RIGHT
                  + "}\nfinal class Impl implements Counter {}\n",
              CLIENT_INCREMENT,
              "[dgen:sealed-interface] Counter must be open for implementation; found sealed;"
                  + " remove the modifier");
      case EXTENDS_SERVER ->
          file(
              "@DistributedServer\ninterface Base {\n"
                  + RIGHT
                  + "}\n@DistributedServer\npublic §interface Counter extends Base {\n"
                  + "  record Clear() implements Cast {}\n"
                  + cast("Clear")
                  + "}\n",
              "",
              "[dgen:extends-server] Counter must not extend another distributed server, since it"
                  + " would inherit callbacks of messages that are not its own; found extends Base;"
                  + " let both extend an interface without the annotation");
      case SERVER_NAME ->
          file(
              "@DistributedServer(name = §\"a\\0b\")\npublic interface Counter {\n" + RIGHT + "}\n",
              CLIENT_INCREMENT,
              "[dgen:server-name] the name of Counter must have 1 to 255 characters, not all blank,"
                  + " without control characters and unpaired surrogates; found \"a\\u0000b\";"
                  + " choose another");
      case SAME_SERVER ->
          new Case(
              "package demo;\nimport io.dgen.*;\nimport io.dgen.annotations.*;\n"
                  + "class Above {\n@DistributedServer\ninterface Inner {\n"
                  + RIGHT
                  + "}\n}\npublic class Counter {\n@DistributedServer\n§interface Inner {\n"
                  + RIGHT
                  + "}\nAbove_InnerClient above;\nCounter_InnerClient own;\n}\n",
              "package demo.user; class User {}",
              "[dgen:same-server] Inner must be stored under a name of its own; found \"Inner\","
                  + " the name of demo.Above.Inner too; give one of them another with"
                  + " @DistributedServer(name = ...)");
      case NAME_LENGTH ->
          counter(
              RIGHT + "  §record %s() implements Cast {}\n".formatted("A".repeat(240)),
              CLIENT_INCREMENT,
              "[dgen:name-length] message record %1$s must be short enough for the files that are"
                      .formatted("A".repeat(240))
                  + " generated, whose names can have at most 255 bytes; found CounterMessage$%s.class with"
                      .formatted("A".repeat(240))
                  + " 261; shorten it");
      case GENERATED_NAME ->
          file(
              "@DistributedServer\npublic §interface Counter {\n"
                  + RIGHT
                  + "}\nclass CounterServer {}\n",
              "",
              "demo.CounterClient",
              "[dgen:generated-name] Counter generates CounterServer; found another class of that"
                  + " name; rename one of them");
      case NO_STATE ->
          file(
              """
              @DistributedServer
              public §interface Counter {
                record Increment(long by) implements Cast {}
                record Count(long value) {}
                default Count init() { return new Count(0); }
                default Count handleCast(Increment message, Count state) { return state; }
              }
              """,
              CLIENT_INCREMENT,
              "[dgen:no-state] Counter must have a state; found none; declare a nested record"
                  + " State, or name a record with @DistributedServer(state = ...)");
      case STATE_NOT_RECORD ->
          counter(
              """
                §class State {}
                default State init() { return new State(); }
                record Increment(long by) implements Cast {}
                default State handleCast(Increment message, State state) { return state; }
              """,
              CLIENT_INCREMENT,
              "[dgen:state-not-record] state State must be a record; found a class; make it a"
                  + " record");
      case STATE_AMBIGUOUS ->
          file(
              """
              @DistributedServer(state = Counter.Count§.class)
              public interface Counter {
                record State(long value) {}
                record Count(long value) {}
                record Increment(long by) implements Cast {}
                default Count init() { return new Count(0); }
                default Count handleCast(Increment message, Count state) { return state; }
              }
              """,
              CLIENT_INCREMENT,
              "[dgen:state-ambiguous] Counter must have one state; found the nested record State"
                  + " and @DistributedServer(state = Count.class); remove one of them");
      case STATE_IS_MESSAGE ->
          counter(
              "  §record State(long value) implements Cast {}\n" + INIT + INCREMENT,
              CLIENT_INCREMENT,
              "[dgen:state-is-message] state State must not be a message; found implements Cast;"
                  + " remove it");
      case NO_MESSAGES ->
          file(
              "@DistributedServer\npublic §interface Counter {\n" + STATE + INIT + "}\n",
              "",
              "[dgen:no-messages] Counter must have a message; found none; declare a nested record"
                  + " that implements Call<R>, Cast, Info or Query<R>");
      case MESSAGE_NOT_RECORD ->
          counter(
              RIGHT + "  §class Clear implements Cast {}\n",
              CLIENT_INCREMENT + "client.clear(); client.clearAsync(1).join();",
              "[dgen:message-not-record] message Clear must be a record; found a class that"
                  + " implements Cast; make it one");
      case TWO_KINDS ->
          counter(
              RIGHT
                  + """
                    §record Clear(long to) implements Cast, Info {}
                    default State handleCast(Clear message, State state) { return state; }
                  """,
              CLIENT_INCREMENT + "client.clear(1);",
              "[dgen:two-kinds] message record Clear must have one kind; found Cast and Info; keep"
                  + " one of them");
      case RAW_CALL ->
          counter(
              RIGHT
                  + """
                    @SuppressWarnings("rawtypes")
                    §record Value() implements Call {}
                    default Reply<Long, State> handleCall(Value message, State state) {
                      return Results.reply(1L, state);
                    }
                  """,
              CLIENT_INCREMENT + "long value = client.value();",
              "[dgen:raw-call] message record Value must say the type of its reply; found Call;"
                  + " write Call<R>, or Cast if it has no reply");
      case QUERY_REPLY ->
          counter(
              RIGHT
                  + """
                    @SuppressWarnings("rawtypes")
                    §record Look() implements Query {}
                    default long handleQuery(Look message, State state) { return 1; }
                  """,
              CLIENT_INCREMENT + "long value = client.look();",
              "[dgen:query-reply] message record Look must say the type of its reply, since a query"
                  + " does nothing but reply; found Query; write Query<R>");
      case GENERIC_RECORD ->
          counter(
              RIGHT
                  + """
                    record Put<§T>(long by) implements Cast {}
                    default State handleCast(Put<String> message, State state) { return state; }
                  """,
              CLIENT_INCREMENT + "client.put(1);",
              "[dgen:generic-record] record Put must not have type parameters; found <T>; remove"
                  + " them");
      case RECORD_SIZE ->
          counter(
              RIGHT
                  + "  §record Put(%s) implements Cast {}\n"
                      .formatted(
                          IntStream.range(0, 130)
                              .mapToObj(i -> "long c" + i)
                              .collect(Collectors.joining(", ")))
                  + cast("Put"),
              CLIENT_INCREMENT + "client.put();",
              "[dgen:record-size] record Put must have components of at most 254 words, of which a"
                  + " long or a double takes two, since no constructor takes more; found 260; put"
                  + " some of them into a record of their own");
      case NO_CODEC ->
          counter(
              """
                record Point(List<java.net.Socket> §sockets) {}
                record State(Map<String, Optional<Point>> points) {}
                default State init() { return new State(Map.of()); }
                record Increment(long by) implements Cast {}
                default State handleCast(Increment message, State state) { return state; }
              """,
              CLIENT_INCREMENT,
              noCodec("State.points<value><value>.sockets<element>: java.net.Socket"));
      case NOT_CODEC,
          CODEC_TYPE,
          CODEC_HIDDEN,
          CODEC_CLASS,
          CODEC_CONSTRUCTOR,
          USELESS_CODEC,
          ENDLESS_TYPE ->
          CodecErrorCases.of(message);
      case ID_TYPE ->
          counter(
              """
                record Entry(§@io.dgen.annotations.Id double number) {}
                record State(List<Entry> entries) {}
                default State init() { return new State(List.of()); }
                record Increment(long by) implements Cast {}
                default State handleCast(Increment message, State state) { return state; }
              """,
              CLIENT_INCREMENT,
              "[dgen:id-type] State.entries<element>.number: an id must be a String, UUID, long,"
                  + " int or enum; found double; mark another component");
      case TWO_IDS ->
          counter(
              """
                record Entry(@io.dgen.annotations.Id int a, §@io.dgen.annotations.Id int b) {}
                record State(List<Entry> entries) {}
                default State init() { return new State(List.of()); }
                record Increment(long by) implements Cast {}
                default State handleCast(Increment message, State state) { return state; }
              """,
              CLIENT_INCREMENT,
              "[dgen:two-ids] State.entries<element> must have one id; found @Id on a and b; remove"
                  + " one of them");
      case USELESS_ID ->
          counter(
              """
                record State(§@io.dgen.annotations.Id long value) {}
              """
                  + INIT
                  + INCREMENT,
              CLIENT_INCREMENT,
              "[dgen:useless-id] State.value: @Id must be in a record that is an item of a list in"
                  + " the state; found it in state State; remove it");
      case USELESS_TERM ->
          counter(
              """
                record State(§@io.dgen.annotations.Term long value) {}
              """
                  + INIT
                  + INCREMENT,
              CLIENT_INCREMENT,
              uselessTerm("State.value", "long"));
      case DEFAULT_VALUE ->
          EvolutionCases.state(
              "long value, §@Default(\"many\") int size",
              "[dgen:default-value] State.size: @Default must be an int such as 0; found \"many\";"
                  + " correct it");
      case DEFAULT_METHOD ->
          EvolutionCases.state(
              "long value, §@Default(\"none\") List<String> tags",
              EvolutionCases.defaultMethod("\"none\"; declare such a method"));
      case USELESS_DEFAULT ->
          counter(
              RIGHT + "  record Note(§@Default(\"-\") String text) {}\n",
              CLIENT_INCREMENT,
              "[dgen:useless-default] Note.text: @Default must be on a component of the state, of a"
                  + " message or of a record in them; found it on something that is never stored;"
                  + " remove it");
      case RENAMED_NAME ->
          EvolutionCases.state(
              "long value, §@Renamed({}) int size", EvolutionCases.renamedName("State.size", "{}"));
      case RENAMED_TAKEN ->
          EvolutionCases.state(
              "long value, §@Renamed(\"value\") int size",
              "[dgen:renamed-taken] State.size: @Renamed must give names that are not in use; found"
                  + " \"value\", the name of State.value; remove one of the two");
      case RENAMED_TWICE ->
          EvolutionCases.state(
              "long value, @Renamed({\"a\", \"b\"}) int size, §@Renamed({\"c\", \"b\"}) int width",
              "[dgen:renamed-twice] State.width: @Renamed must give names that nothing else had;"
                  + " found \"b\", a former name of State.size too; remove it from one of them");
      case USELESS_RENAMED ->
          counter(
              RIGHT + "  record Note(§@Renamed(\"line\") String text) {}\n",
              CLIENT_INCREMENT,
              EvolutionCases.uselessRenamed("Note.text"));
      case INACCESSIBLE ->
          counter(
              RIGHT
                  + """
                    class Hidden {
                      private enum Color { RED }
                      public record Paint(Color §color) {}
                    }
                    record Dye(Hidden.Paint paint) implements Cast {}
                    default State handleCast(Dye message, State state) { return state; }
                  """,
              CLIENT_INCREMENT + "client.dye((demo.Counter.Hidden.Paint) null);",
              "[dgen:inaccessible] Dye.paint.color: Color must be visible in the package of the"
                  + " server, where its codec is generated; found that Color is not; make it"
                  + " visible");
      case CLIENT_METHOD ->
          counter(
              RIGHT
                  + """
                    §record Default(long by) implements Cast {}
                    default State handleCast(Default message, State state) { return state; }
                  """,
              CLIENT_INCREMENT,
              "[dgen:client-method] message record Default gives the client a method default();"
                  + " found that the name is taken by the Java language; rename the record, or the"
                  + " method with @ClientName");
      case SAME_NAME ->
          counter(
              RIGHT
                  + "  record URLFetch() implements Cast {}\n"
                  + cast("URLFetch")
                  + "  §record UrlFetch() implements Cast {}\n"
                  + cast("UrlFetch"),
              CLIENT_INCREMENT + "client.urlFetch();",
              "[dgen:same-name] message record UrlFetch must differ from the others in more than"
                  + " case; found record URLFetch; rename one of them");
      case SAME_METHOD ->
          counter(
              RIGHT
                  + """
                    §record IncrementAsync(long by) implements Cast {}
                    default State handleCast(IncrementAsync message, State state) { return state; }
                  """,
              CLIENT_INCREMENT,
              "[dgen:same-method] message record IncrementAsync gives the client a method"
                  + " incrementAsync(); found that record Increment gives it too; rename one of"
                  + " them, or its method with @ClientName");
      case CLIENT_NAME ->
          counter(
              RIGHT
                  + """
                    @io.dgen.annotations.ClientName(§"new") record New(long by) implements Cast {}
                    default State handleCast(New message, State state) { return state; }
                  """,
              CLIENT_INCREMENT,
              "[dgen:client-name] message record New: @ClientName must be a Java identifier and not"
                  + " a keyword; found \"new\"; choose another name");
      case USELESS_CLIENT_NAME ->
          counter(
              RIGHT
                  + """
                    §@io.dgen.annotations.ClientName("note")
                    record Note(String text) {}
                  """,
              CLIENT_INCREMENT,
              "[dgen:useless-client-name] Note: @ClientName must be on a message record of the"
                  + " server; found it on something that gives the client no method; remove it");
      case MESSAGE_NAME ->
          counter(
              RIGHT
                  + """
                    §record Info(long by) implements Cast {}
                    default State handleCast(Info message, State state) { return state; }
                  """,
              CLIENT_INCREMENT,
              "[dgen:message-name] message record Info gives CounterMessage a nested class; found"
                  + " that it has its own Info; rename the record");
      case HIDDEN_PACKAGE ->
          counter(
              RIGHT + "  §record io() implements Cast {}\n" + cast("io"),
              CLIENT_INCREMENT,
              "[dgen:hidden-package] message record io gives CounterMessage a nested class; found"
                  + " that it would hide the package io there; rename the record");
      case UNHANDLED ->
          counter(
              RIGHT + "  §record Value() implements Call<Long> {}\n",
              CLIENT_INCREMENT + "long value = client.value();",
              "[dgen:unhandled] message record Value has no callback; declare handleCall(Value,"
                  + " State)");
      case MISNAMED_CALLBACK ->
          counter(
              RIGHT
                  + "  record Clear() implements Cast {}\n"
                  + "  default State §handelCast(Clear it, State state) { return state; }\n",
              CLIENT_INCREMENT + "client.clear();",
              "[dgen:misnamed-callback] message record Clear must have a callback named handleCast;"
                  + " found handelCast(Clear, State); rename it");
      case MESSAGE_OUTSIDE ->
          file(
              "@DistributedServer\npublic interface Counter {\n"
                  + RIGHT
                  + "  default State handleCast(Clear §it, State state) { return state; }\n"
                  + "}\nrecord Clear() implements Cast {}\n",
              CLIENT_INCREMENT,
              "[dgen:message-outside] Clear is declared outside Counter; declare it inside");
      case FOREIGN_MARKER ->
          counter(
              RIGHT
                  + "  interface Info {}\n  record Clear() implements Info {}\n"
                  + "  default State handleInfo(Clear §it, State state) { return state; }\n",
              CLIENT_INCREMENT,
              "[dgen:foreign-marker] Clear implements demo.Counter.Info, not io.dgen.Info; import"
                  + " that");
      case GROUP_CALLBACK ->
          counter(
              STATE
                  + INIT
                  + """
                    sealed interface Command extends Cast permits Increment, Clear {}
                    record Increment(long by) implements Command {}
                    record Clear() implements Command {}
                    default State handleCast(Command §it, State state) { return state; }
                  """,
              CLIENT_INCREMENT + "client.clear();",
              "[dgen:group-callback] Command is not a message record of Counter, and each record"
                  + " has its own callback; found handleCast(Command, State); declare"
                  + " handleCast(Increment, State) and handleCast(Clear, State)");
      case UNKNOWN_MESSAGE ->
          file(
              """
              @DistributedServer
              public interface Counter {
                record State(long value) {}
                record Increment(long by) implements Cast {}
                default State init() { return new State(0); }
                default State handleCast(Decrement §message, State state) { return state; }
              }
              record Decrement() {}
              """,
              CLIENT_INCREMENT,
              "[dgen:unknown-message] Decrement is not a message record of Counter; did you mean"
                  + " Increment?");
      case UNMARKED_MESSAGE ->
          counter(
              RIGHT
                  + """
                    record Clear() {}
                    default State handleCast(Clear §message, State state) { return state; }
                  """,
              CLIENT_INCREMENT,
              "[dgen:unmarked-message] Clear implements none of Call, Cast, Info and Query, so"
                  + " handleCast is never called for it; let it implement Cast");
      case MESSAGE_PARAMETER ->
          counter(
              RIGHT + "  default State §handleCast(State state) { return state; }\n",
              CLIENT_INCREMENT,
              "[dgen:message-parameter] handleCast(State) must take one message; found none; take"
                  + " one message record of Counter");
      case STATE_PARAMETER ->
          counter(
              STATE
                  + INIT
                  + """
                    record Increment(long by) implements Cast {}
                    default State handleCast(Increment message, Long §state) { return init(); }
                  """,
              CLIENT_INCREMENT,
              "[dgen:state-parameter] handleCast(Increment, Long) must take the state, State; found"
                  + " Long; take State");
      case CALLBACK_PARAMETER ->
          counter(
              STATE
                  + INIT
                  + """
                    record Increment(long by) implements Cast {}
                    default State handleCast(Increment message, State state, String §more) {
                      return state;
                    }
                  """,
              CLIENT_INCREMENT,
              "[dgen:callback-parameter] handleCast takes its message, the state, and optionally"
                  + " Context; found String; take Context and use context.id()");
      case DUPLICATE_PARAMETER ->
          counter(
              STATE
                  + INIT
                  + """
                    record Increment(long by) implements Cast {}
                    default State handleCast(Increment message, State state, State §other) {
                      return state;
                    }
                  """,
              CLIENT_INCREMENT,
              "[dgen:duplicate-parameter] handleCast(Increment, State, State) must take each thing"
                  + " once; found two State; remove one");
      case DUPLICATE_CALLBACK ->
          counter(
              RIGHT
                  + """
                    default State §handleCast(State state, Increment message) { return state; }
                  """,
              CLIENT_INCREMENT,
              "[dgen:duplicate-callback] Increment must have one callback; found"
                  + " handleCast(Increment, State) and handleCast(State, Increment); remove one of"
                  + " them");
      case WRONG_CALLBACK ->
          counter(
              STATE
                  + INIT
                  + """
                    record Increment(long by) implements Cast {}
                    default State §handleCall(Increment message, State state) { return state; }
                  """,
              CLIENT_INCREMENT,
              "[dgen:wrong-callback] Increment is a Cast, so its callback must be named handleCast;"
                  + " found handleCall; rename it, or change the kind");
      case CALLBACK_FORM ->
          counter(
              STATE
                  + INIT
                  + """
                    record Increment(long by) implements Cast {}
                    static State §handleCast(Increment message, State state) { return state; }
                  """,
              CLIENT_INCREMENT,
              "[dgen:callback-form] handleCast(Increment, State) must be a default or abstract"
                  + " method without type parameters; found static; change it");
      case CALLBACK_THROWS ->
          counter(
              STATE
                  + INIT
                  + """
                    record Increment(long by) implements Cast {}
                    State §handleCast(Increment message, State state)
                        throws java.io.IOException, Throwable;
                  """,
              CLIENT_INCREMENT,
              "[dgen:callback-throws] handleCast(Increment, State) must declare to throw only"
                  + " exceptions; found throws Throwable; declare Exception, or a class below it");
      case ASKED_MESSAGE, ANSWER_TYPE, ANSWER_UNHANDLED, SAME_ASK, ASK_NAME -> AskCases.of(message);
      case FROM_TYPE ->
          counter(
              RIGHT
                  + """
                    record Ask() implements Call<Long> {}
                    CallResult<Long, State> handleCall(Ask it, State state, From<String> §caller);
                  """,
              CLIENT_INCREMENT + "long value = client.ask();",
              "[dgen:from-type] handleCall(Ask, State, From<String>) must take the caller as"
                  + " From<Long>; found From<String>; take From<Long>");
      case AMBIGUOUS_RETURN ->
          counter(
              RIGHT
                  + """
                    record Get() implements Call<State> {}
                    default State §handleCall(Get message, State state) { return state; }
                  """,
              CLIENT_INCREMENT + "Object state = client.get();",
              "[dgen:ambiguous-return] handleCall(Get, State) must say whether it returns the state"
                  + " or the reply; found State, which is both; return Reply<State, State>");
      case REPLY_LATER ->
          counter(
              RIGHT
                  + """
                    record Ask() implements Call<Long> {}
                    ReplyLater<Long, State> §handleCall(Ask message, State state);
                  """,
              CLIENT_INCREMENT + "long value = client.ask();",
              "[dgen:reply-later] handleCall(Ask, State) replies later, so it must take the caller;"
                  + " found no From<Long>; take one");
      case LOCK_UNHANDLED ->
          counter(
              RIGHT
                  + """
                    record Ask() implements Call<Long> {}
                    Lock<Long, State> §handleCall(Ask message, State state);
                  """,
              CLIENT_INCREMENT + "long value = client.ask();",
              "[dgen:lock-unhandled] handleCall(Ask, State) locks, so its message must have a"
                  + " handleLocked; found none; declare LockedResult<Long, State> handleLocked(Ask,"
                  + " State)");
      case LOCKED_UNREACHABLE ->
          counter(
              RIGHT
                  + """
                    LockedResult<Void, State> §handleLocked(Increment message, State state);
                  """,
              CLIENT_INCREMENT,
              "[dgen:locked-unreachable] handleLocked(Increment, State) must be for a message that"
                  + " locks; found that handleCast(Increment, State) returns State; return"
                  + " CastResult<State> there, or remove the method");
      case INFO_DEAD_LETTER ->
          counter(
              RIGHT
                  + "  record Note() implements Info {}\n"
                  + "  default State handleInfo(Note it, State state) { return state; }\n"
                  + "  default State §handleDeadLetter(Note it, State state) { return state; }\n",
              CLIENT_INCREMENT + "client.note();",
              "[dgen:info-dead-letter] handleDeadLetter(Note, State) must be for a Call or a Cast,"
                  + " since an Info never becomes a dead letter; found that Note is an Info; remove"
                  + " the method");
      case QUERY_UNQUEUED ->
          counter(
              RIGHT
                  + """
                    record Look() implements Query<Long> {}
                    default long handleQuery(Look message, State state) { return 1; }
                    LockedResult<Long, State> §handleLocked(Look message, State state);
                  """,
              CLIENT_INCREMENT + "long value = client.look();",
              "[dgen:query-unqueued] handleLocked(Look, State) must be for a Call or a Cast, since"
                  + " a Query neither locks nor becomes a dead letter; found that Look is a Query;"
                  + " remove the method");
      case STEP_FORM ->
          counter(
              RIGHT + WORK + "  §record Charge(long cents) implements Step<String> {}\n",
              CLIENT_INCREMENT + "long value = client.work();",
              "[dgen:step-form] step Charge must be a record without components and type"
                  + " parameters, since a step is known by its name; found component cents; change"
                  + " it");
      case STEP_IS_MESSAGE ->
          counter(
              RIGHT + WORK + "  §record Charge() implements Step<String>, Cast {}\n",
              CLIENT_INCREMENT + "long value = client.work();",
              "[dgen:step-is-message] step record Charge must not be a message too; found another"
                  + " marker beside Step; remove one of them");
      case STEP_RESULT ->
          counter(
              RIGHT
                  + WORK
                  + "  @SuppressWarnings(\"rawtypes\")\n  §record Charge() implements Step {}\n",
              CLIENT_INCREMENT
                  + "String it = demo.CounterSteps.in(null).charge(() -> \"\");"
                  + "it = demo.CounterSteps.in(null).charge(\"key\", step -> step.stepKey());",
              "[dgen:step-result] step record Charge must say the type of its result; found Step;"
                  + " write Step<R>, or Step<Void> if it has none");
      case STEP_METHOD ->
          counter(
              RIGHT + WORK + "  §record Do() implements Step<String> {}\n",
              CLIENT_INCREMENT + "long value = client.work();",
              "[dgen:step-method] step record Do gives CounterSteps a method do(); found that the"
                  + " name is taken by the Java language; rename the record");
      case STEP_UNLOCKED ->
          counter(
              RIGHT + "  §record Charge() implements Step<String> {}\n",
              CLIENT_INCREMENT + "String it = demo.CounterSteps.in(null).charge(() -> \"\");",
              "[dgen:step-unlocked] step record Charge must have a handleLocked to run in; found"
                  + " none in Counter; declare one for the message whose work it is a part of, or"
                  + " remove the record");
      case STEP_CALLBACK ->
          counter(
              RIGHT
                  + WORK
                  + "  record Charge() implements Step<String> {}\n"
                  + "  State handleCast(Charge §message, State state);\n",
              CLIENT_INCREMENT + "String it = demo.CounterSteps.in(null).charge(() -> \"\");",
              "[dgen:step-callback] step record Charge must have no callback, since it is no"
                  + " message; found handleCast(Charge, State); run it in handleLocked, with"
                  + " CounterSteps.in(context).charge(...)");
      case LOCKED_RETURN ->
          counter(
              RIGHT
                  + """
                    record Ask() implements Call<Long> {}
                    Lock<Long, State> handleCall(Ask message, State state);
                    LockedResult<String, State> §handleLocked(Ask message, State state);
                  """,
              CLIENT_INCREMENT + "long value = client.ask();",
              "[dgen:locked-return] handleLocked(Ask, State) must return LockedResult<Long, State>;"
                  + " found LockedResult<String, State>");
      case CALL_RETURN ->
          counter(
              RIGHT
                  + """
                    record Value() implements Call<Long> {}
                    default Reply<String, State> §handleCall(Value message, State state) {
                      return Results.reply("", state);
                    }
                  """,
              CLIENT_INCREMENT + "long value = client.value();",
              "[dgen:call-return] handleCall(Value, State) must return CallResult<Long, State>,"
                  + " Reply<Long, State> or Long; found Reply<String, State>");
      case CAST_RETURN ->
          counter(
              STATE
                  + INIT
                  + """
                    record Increment(long by) implements Cast {}
                    default void §handleCast(Increment message, State state) {}
                  """,
              CLIENT_INCREMENT,
              "[dgen:cast-return] handleCast(Increment, State) must return CastResult<State>,"
                  + " NoReply<State> or State; found void");
      case QUERY_RETURN ->
          counter(
              RIGHT
                  + """
                    record Look() implements Query<Long> {}
                    default Reply<Long, State> §handleQuery(Look message, State state) {
                      return Results.reply(1L, state);
                    }
                  """,
              CLIENT_INCREMENT + "long value = client.look();",
              "[dgen:query-return] handleQuery(Look, State) must return the reply, Long, since a"
                  + " query changes nothing; found Reply<Long, State>; return Long, or make the"
                  + " message a Call");
      case NO_INIT ->
          file(
              "@DistributedServer\npublic §interface Counter {\n" + STATE + INCREMENT + "}\n",
              CLIENT_INCREMENT,
              "[dgen:no-init] Counter must create its first state; found no init; declare State"
                  + " init()");
      case INIT_RETURN ->
          counter(
              STATE + "  default long §init() { return 0; }\n" + INCREMENT,
              CLIENT_INCREMENT,
              "[dgen:init-return] init() must return the state, State; found long");
      case DELETE_RETURN ->
          counter(
              RIGHT + "  default State §handleDelete(State state) { return state; }\n",
              CLIENT_INCREMENT,
              "[dgen:delete-return] handleDelete(State) must return nothing, since the entity is"
                  + " gone after it; found State; return void");
      case NO_RUNTIME,
          WRITE_FAILED,
          BUG,
          LATE_TYPE,
          SCHEMA_OPTION,
          SCHEMA_FILE,
          SCHEMA_NAME,
          SCHEMA_TYPE,
          SCHEMA_CONSTANT,
          SCHEMA_VARIANT,
          SCHEMA_MESSAGE,
          SCHEMA_ANSWER,
          SCHEMA_STEP,
          SCHEMA_KIND,
          SCHEMA_FORGOTTEN,
          SCHEMA_LOST,
          SCHEMA_REUSED ->
          throw new IllegalArgumentException(message + " is tested elsewhere");
    };
  }

  /** Other ways to make the same mistakes. */
  static List<Case> variants() {
    return List.of(
        counter(
            RIGHT + WORK + "  final §class Charge implements Step<String> {}\n",
            CLIENT_INCREMENT,
            "[dgen:step-form] step Charge must be a record without components and type parameters,"
                + " since a step is known by its name; found a class; change it"),
        counter(
            RIGHT + WORK + "  §record Charge<T>() implements Step<T> {}\n",
            CLIENT_INCREMENT,
            "[dgen:step-form] step Charge must be a record without components and type parameters,"
                + " since a step is known by its name; found <T>; change it"),
        counter(
            RIGHT
                + WORK
                + "  record URL() implements Step<String> {}\n"
                + "  §record Url() implements Step<Long> {}\n",
            CLIENT_INCREMENT + "String it = demo.CounterSteps.in(null).url(() -> \"\");",
            "[dgen:step-method] step record Url gives CounterSteps a method url(); found that the"
                + " name is taken by record URL; rename the record"),
        counter(
            RIGHT + WORK + "  §record Charge() implements Step<Object> {}\n",
            CLIENT_INCREMENT + "Object it = demo.CounterSteps.in(null).charge(() -> \"\");",
            "[dgen:no-codec] the result of Charge: Object has no codec; use a"
                + " supported type, or name a codec with @UseCodec"),
        counter(
            RIGHT
                + "  §@io.dgen.annotations.Term record Whole(long it) implements Cast {}\n"
                + cast("Whole"),
            CLIENT_INCREMENT,
            uselessTerm("Whole", "a message record")),
        counter(
            RIGHT
                + "  record Part(§@io.dgen.annotations.Term State it) implements Cast {}\n"
                + cast("Part"),
            CLIENT_INCREMENT,
            uselessTerm("Part.it", "a component of a message record")),
        counter(
            RIGHT
                + "  record Named(§@io.dgen.annotations.Id double it) implements Cast {}\n"
                + cast("Named"),
            CLIENT_INCREMENT,
            "[dgen:useless-id] Named.it: @Id must be in a record that is an item of a list in the"
                + " state; found it in message record Named; remove it"),
        counter(
            RIGHT + "  §record Id() implements Cast {}\n" + cast("Id"),
            CLIENT_INCREMENT,
            "[dgen:client-method] message record Id gives the client a method id(); found that the"
                + " name is taken by every client; rename the record, or the method with"
                + " @ClientName"),
        counter(
            RIGHT
                + "  @io.dgen.annotations.ClientName(\"at\")\n"
                + "  §record Later(java.time.Instant time) implements Cast {}\n"
                + cast("Later"),
            CLIENT_INCREMENT,
            "[dgen:client-method] message record Later gives the client a method at(); found that"
                + " the name is taken by every client; rename the record, or the method with"
                + " @ClientName"),
        counter(
            RIGHT
                + "  @io.dgen.annotations.ClientName(§\"\") record Odd() implements Cast {}\n"
                + cast("Odd"),
            CLIENT_INCREMENT + "client.odd();",
            "[dgen:client-name] message record Odd: @ClientName must be a Java identifier and not a"
                + " keyword; found \"\"; choose another name"),
        counter(
            RIGHT
                + "  @io.dgen.annotations.ClientName(\"increment\") §record Add() implements Cast"
                + " {}\n"
                + cast("Add"),
            CLIENT_INCREMENT,
            "[dgen:same-method] message record Add gives the client a method increment(); found"
                + " that record Increment gives it too; rename one of them, or its method with"
                + " @ClientName"),
        counter(
            RIGHT + "  §record Notify() implements Cast {}\n" + cast("Notify"),
            CLIENT_INCREMENT,
            "[dgen:client-method] message record Notify gives the client a method notify(); found"
                + " that the name is taken by java.lang.Object; rename the record, or the method"
                + " with @ClientName"),
        counter(
            RIGHT + "  §record CounterMessage() implements Cast {}\n" + cast("CounterMessage"),
            CLIENT_INCREMENT,
            "[dgen:message-name] message record CounterMessage gives CounterMessage a nested class;"
                + " found that it has its own CounterMessage; rename the record"),
        counter(
            RIGHT + "  §record Both(long it) implements Call<Long>, Cast {}\n",
            CLIENT_INCREMENT + "long both = client.both(1);",
            "[dgen:two-kinds] message record Both must have one kind; found Call and Cast; keep one"
                + " of them"),
        counter(
            RIGHT + "  record Put(List §items) implements Cast {}\n" + cast("Put"),
            CLIENT_INCREMENT + "client.put(List.of());",
            "[dgen:no-codec] Put.items: List has no codec; give it its type arguments"),
        counter(
            RIGHT + "  record Put(Set<byte[]> §items) implements Cast {}\n" + cast("Put"),
            CLIENT_INCREMENT + "client.put(Set.of());",
            "[dgen:no-codec] Put.items<element>: byte[] has no codec; two equal arrays are two"
                + " keys; use a String or a record"),
        counter(
            RIGHT
                + """
                  §record Value() implements Call<java.net.Socket> {}
                  default Reply<java.net.Socket, State> handleCall(Value message, State state) {
                    return Results.reply(null, state);
                  }
                """,
            CLIENT_INCREMENT + "java.net.Socket value = client.value();",
            noCodec("the reply of Value: java.net.Socket")),
        counter(
            RIGHT + "  record Put(CounterClient §client) implements Cast {}\n" + cast("Put"),
            CLIENT_INCREMENT,
            "[dgen:no-codec] Put.client: CounterClient has no codec; a client cannot be stored;"
                + " keep the id"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  default State handleCast(CounterMessage.Increment §it, State state) {\n"
                + "    return state;\n  }\n",
            CLIENT_INCREMENT,
            "[dgen:unknown-message] CounterMessage.Increment is not a message record of Counter;"
                + " did you mean Increment?"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  default State handleCast(Thread §it, State state) { return state; }\n",
            CLIENT_INCREMENT,
            "[dgen:unknown-message] Thread is not a message record of Counter; take one of its"
                + " message records: Increment"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  default State §handleCast(Increment it) { return init(); }\n",
            CLIENT_INCREMENT,
            "[dgen:state-parameter] handleCast(Increment) must take the state, State; found none;"
                + " take State"),
        counter(
            RIGHT
                + "  record Clear() implements Cast {}\n"
                + "  default State §handleCast(Increment it, Clear other, State state) {\n"
                + "    return state;\n  }\n"
                + cast("Clear"),
            CLIENT_INCREMENT,
            "[dgen:message-parameter] handleCast(Increment, Clear, State) must take one message;"
                + " found Increment and Clear; take one message record of Counter"),
        counter(
            STATE + "  default State init(String §name) { return new State(0); }\n" + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:callback-parameter] init takes nothing, or Context; found String; take"
                + " Context and use context.id()"),
        counter(
            STATE
                + INIT
                + "  default State §init(Context context) { return new State(0); }\n"
                + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:duplicate-callback] Counter must have one callback; found init() and"
                + " init(Context); remove one of them"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  private State §handleCast(Increment it, State state) { return state; }\n",
            CLIENT_INCREMENT,
            "[dgen:callback-form] handleCast(Increment, State) must be a default or abstract method"
                + " without type parameters; found private; change it"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  default <T> State §handleCast(Increment it, State state) { return state; }\n",
            CLIENT_INCREMENT,
            "[dgen:callback-form] handleCast(Increment, State) must be a default or abstract method"
                + " without type parameters; found <T>; change it"),
        counter(
            RIGHT
                + "  record Value() implements Call<Long> {}\n"
                + "  default Reply<Long, State> §handleCast(Value it, State state) {\n"
                + "    return Results.reply(1L, state);\n  }\n",
            CLIENT_INCREMENT + "long value = client.value();",
            "[dgen:wrong-callback] Value is a Call, so its callback must be named handleCall; found"
                + " handleCast; rename it, or change the kind"),
        counter(
            RIGHT
                + "  record Value() implements Call<Long> {}\n"
                + "  default int §handleCall(Value it, State state) { return 1; }\n",
            CLIENT_INCREMENT + "long value = client.value();",
            "[dgen:call-return] handleCall(Value, State) must return CallResult<Long, State>,"
                + " Reply<Long, State> or Long; found int"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Info {}\n"
                + "  default Reply<Long, State> §handleInfo(Increment it, State state) {\n"
                + "    return Results.reply(1L, state);\n  }\n",
            CLIENT_INCREMENT,
            "[dgen:cast-return] handleInfo(Increment, State) must return CastResult<State>,"
                + " NoReply<State> or State; found Reply<Long, State>"),
        file(
            "@DistributedServer(name = §\"  \")\npublic interface Counter {\n" + RIGHT + "}\n",
            CLIENT_INCREMENT,
            "[dgen:server-name] the name of Counter must have 1 to 255 characters, not all blank,"
                + " without control characters and unpaired surrogates; found \"  \"; choose"
                + " another"),
        file(
            """
            @DistributedServer(state = String§.class)
            public interface Counter {
              record Increment(long by) implements Cast {}
              default String init() { return ""; }
              default String handleCast(Increment it, String state) { return state; }
            }
            """,
            CLIENT_INCREMENT,
            "[dgen:state-not-record] state String must be a record; found a class; make it a"
                + " record"),
        file(
            """
            @DistributedServer(state = int§.class)
            public interface Counter {
              record Increment(long by) implements Cast {}
              default int init() { return 0; }
              default int handleCast(Increment it, int state) { return state; }
            }
            """,
            CLIENT_INCREMENT,
            "[dgen:state-not-record] state int must be a record; found a primitive type; make it a"
                + " record"),
        file(
            "interface Base {\n  default int handleCast(Counter.Increment it, Counter.State s) {\n"
                + "    return 0;\n  }\n}\n"
                + "@DistributedServer\npublic §interface Counter extends Base {\n"
                + STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n}\n",
            CLIENT_INCREMENT,
            "[dgen:cast-return] handleCast(Increment, State) must return CastResult<State>,"
                + " NoReply<State> or State; found int"));
  }

  static String cast(String record) {
    return "  default State handleCast(" + record + " it, State state) { return state; }\n";
  }

  private static String uselessTerm(String path, String found) {
    return "[dgen:useless-term] "
        + path
        + ": @Term must be on a part of the state that would be stored by its own parts: a record,"
        + " a list of records with ids, or a map with String, integer, UUID or enum keys; found it"
        + " on "
        + found
        + "; remove it";
  }

  static String noCodec(String what) {
    return "[dgen:no-codec] "
        + what
        + " has no codec; use a supported type, or name a codec with"
        + " @UseCodec";
  }

  static Case counter(String body, String use, String text) {
    return file("@DistributedServer\npublic interface Counter {\n" + body + "}\n", use, text);
  }

  static Case file(String declarations, String use, String text) {
    return file(declarations, use, "demo.CounterServer", text);
  }

  private static Case file(String declarations, String use, String server, String text) {
    String source =
        """
        package demo;
        import io.dgen.*;
        import io.dgen.annotations.*;
        import java.util.*;
        """;
    // CounterMessage, CounterClient and CounterServer are used in imports, fields and bodies.
    String user =
        """
        package demo.user;
        import demo.CounterClient;
        import demo.CounterMessage;
        import java.util.*;
        class User {
          CounterMessage message;
          %s server;
          void use(CounterClient client) throws Exception {
            client.withTimeout(null).priority().id();
            client.entity().kill(); client.entity().resetAsync().join();
            boolean broken = client.entity().breakLock();
            %s
          }
        }
        """
            .formatted(server, use);
    return new Case(source + declarations, user, text);
  }
}
