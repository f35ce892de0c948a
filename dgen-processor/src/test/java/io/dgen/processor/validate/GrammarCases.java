package io.dgen.processor.validate;

import static io.dgen.processor.validate.ErrorCases.CLIENT_INCREMENT;
import static io.dgen.processor.validate.ErrorCases.INCREMENT;
import static io.dgen.processor.validate.ErrorCases.INIT;
import static io.dgen.processor.validate.ErrorCases.RIGHT;
import static io.dgen.processor.validate.ErrorCases.STATE;
import static io.dgen.processor.validate.ErrorCases.cast;
import static io.dgen.processor.validate.ErrorCases.counter;
import static io.dgen.processor.validate.ErrorCases.file;

import io.dgen.processor.validate.ErrorCases.Case;
import java.util.ArrayList;
import java.util.List;

/** More ways to make the mistakes of the grammar of servers, messages and callbacks. */
final class GrammarCases {

  private static final String VALUE = "  record Value() implements Call<Long> {}\n";
  private static final String USE_VALUE = CLIENT_INCREMENT + "long value = client.value();";

  private static final String USE_LOOK = CLIENT_INCREMENT + "long seen = client.look();";

  private GrammarCases() {}

  static List<Case> variants() {
    List<Case> cases = new ArrayList<>();
    cases.addAll(interfaces());
    cases.addAll(messages());
    cases.addAll(callbacks());
    cases.addAll(results());
    cases.addAll(inits());
    cases.addAll(deletes());
    cases.addAll(locks());
    cases.addAll(queries());
    cases.addAll(queryParameters());
    return cases;
  }

  private static List<Case> interfaces() {
    return List.of(
        file(
            """
            @DistributedServer
            public §enum Counter {
              ONE;
              record State(long value) {}
              public record Increment(long by) implements Cast {}
            }
            """,
            CLIENT_INCREMENT,
            "[dgen:not-interface] Counter must be an interface to be a distributed server; found"
                + " an enum; change it"),
        file(
            """
            @DistributedServer
            public @§interface Counter {
              record State(long value) {}
              public record Increment(long by) implements Cast {}
            }
            """,
            CLIENT_INCREMENT,
            "[dgen:not-interface] Counter must be an interface to be a distributed server; found"
                + " an annotation type; change it"),
        new Case(
            """
            package demo;
            import io.dgen.*;
            import io.dgen.annotations.DistributedServer;
            public class Counter {
              private static class Hidden {
                @DistributedServer
                §interface Inner {
                  record State(long value) {}
                  record Increment(long by) implements Cast {}
                }
              }
              Counter_Hidden_InnerClient client;
            }
            """,
            "package demo.user; class User {}",
            "[dgen:private-interface] Inner must be visible in its package, where its client is"
                + " generated; found that Hidden is private; remove the modifier"),
        new Case(
            """
            package demo;
            import io.dgen.*;
            import io.dgen.annotations.DistributedServer;
            class Outer {
              @DistributedServer
              §interface Counter {
                record State(long value) {}
                record Increment(long by) implements Cast {}
                default State init() { return new State(0); }
                default State handleCast(Increment message, State state) { return state; }
              }
            }
            interface Outer_CounterServer {}
            """,
            "package demo.user; class User {}",
            "[dgen:generated-name] Counter generates Outer_CounterServer; found another class of"
                + " that name; rename one of them"));
  }

  private static List<Case> messages() {
    return List.of(
        counter(
            RIGHT + "  §record All() implements Call<Long>, Cast, Info {}\n",
            CLIENT_INCREMENT + "long all = client.all();",
            "[dgen:two-kinds] message record All must have one kind; found Call and Cast and Info;"
                + " keep one of them"),
        counter(
            RIGHT + "  §enum Mode implements Info { ON }\n",
            CLIENT_INCREMENT + "client.mode(1, \"more\"); client.modeAsync().join();",
            "[dgen:message-not-record] message Mode must be a record; found an enum that implements"
                + " Info; make it one"),
        counter(
            RIGHT + "  record Get<§A, B>(A a) implements Call<Long> {}\n",
            CLIENT_INCREMENT
                + "long value = client.get(1); Long now = client.<Long>getAsync(1).get();",
            "[dgen:generic-record] record Get must not have type parameters; found <A, B>; remove"
                + " them"),
        counter(
            RIGHT
                + "  record FETCH() implements Cast {}\n"
                + cast("FETCH")
                + "  §record Fetch(String from) implements Cast {}\n"
                + cast("Fetch"),
            CLIENT_INCREMENT + "client.fetch(); client.fetch(\"there\");",
            "[dgen:same-name] message record Fetch must differ from the others in more than case;"
                + " found record FETCH; rename one of them"),
        counter(
            RIGHT
                + "  §record Note() implements Told, Info {}\n  interface Told extends Cast {}\n"
                + cast("Note"),
            CLIENT_INCREMENT + "client.note();",
            "[dgen:two-kinds] message record Note must have one kind; found Cast and Info; keep one"
                + " of them"),
        counter(
            "  record Place(§@io.dgen.annotations.Id String name, int floor) {}\n"
                + "  record State(Map<String, Place> places) {}\n"
                + "  default State init() { return new State(Map.of()); }\n"
                + "  record Increment(long by) implements Cast {}\n"
                + cast("Increment"),
            CLIENT_INCREMENT,
            "[dgen:useless-id] Place.name: @Id must be in a record that is an item of a list in the"
                + " state; found it in record Place; remove it"),
        counter(
            RIGHT + "  §record HashCode() implements Cast {}\n" + cast("HashCode"),
            CLIENT_INCREMENT,
            "[dgen:client-method] message record HashCode gives the client a method hashCode();"
                + " found that the name is taken by java.lang.Object; rename the record, or the"
                + " method with @ClientName"),
        counter(
            RIGHT + "  §record Wait(long millis) implements Cast {}\n" + cast("Wait"),
            CLIENT_INCREMENT + "client.waitAsync(1).join();",
            "[dgen:client-method] message record Wait gives the client a method wait(); found that"
                + " the name is taken by java.lang.Object; rename the record, or the method with"
                + " @ClientName"));
  }

  private static List<Case> callbacks() {
    return List.of(
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  default State §handleInfo(Increment it, State state) { return state; }\n",
            CLIENT_INCREMENT,
            "[dgen:wrong-callback] Increment is a Cast, so its callback must be named handleCast;"
                + " found handleInfo; rename it, or change the kind"),
        counter(
            RIGHT
                + "  record Note() implements Info {}\n"
                + "  default State §handleCall(Note it, State state) { return state; }\n",
            CLIENT_INCREMENT + "client.note();",
            "[dgen:wrong-callback] Note is an Info, so its callback must be named handleInfo; found"
                + " handleCall; rename it, or change the kind"),
        counter(
            RIGHT + "  default State §handleCast() { return init(); }\n",
            CLIENT_INCREMENT,
            "[dgen:message-parameter] handleCast() must take one message; found none; take one"
                + " message record of Counter"),
        counter(
            RIGHT
                + VALUE
                + "  long handleCall(Value it, State state);\n"
                + "  Long §handleCall(State state, Value it, Context context);\n",
            USE_VALUE,
            "[dgen:duplicate-callback] Value must have one callback; found handleCall(Value, State)"
                + " and handleCall(State, Value, Context); remove one of them"),
        counter(
            RIGHT
                + "  record Other(long value) {}\n"
                + VALUE
                + "  default long handleCall(Value it, Other §state) { return 1; }\n",
            USE_VALUE,
            "[dgen:state-parameter] handleCall(Value, Other) must take the state, State; found"
                + " Other; take State"),
        counter(
            RIGHT + VALUE + "  long handleCall(Value it, State... §states);\n",
            USE_VALUE,
            "[dgen:state-parameter] handleCall(Value, State[]) must take the state, State; found"
                + " State[]; take State"));
  }

  private static List<Case> results() {
    return List.of(
        counter(
            RIGHT
                + VALUE
                + "  @SuppressWarnings(\"rawtypes\") Reply §handleCall(Value it, State state);\n",
            USE_VALUE,
            callReturn("Reply")),
        counter(
            RIGHT
                + VALUE
                + "  CallResult<? extends Long, State> §handleCall(Value it, State state);\n",
            USE_VALUE,
            callReturn("CallResult<? extends Long, State>")),
        counter(
            RIGHT + VALUE + "  NoReply<State> §handleCall(Value it, State state);\n",
            USE_VALUE,
            callReturn("NoReply<State>")),
        counter(
            RIGHT + VALUE + "  void §handleCall(Value it, State state);\n",
            USE_VALUE,
            callReturn("void")),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n  record Other(long value) {}\n"
                + "  NoReply<Other> §handleCast(Increment it, State state);\n",
            CLIENT_INCREMENT,
            "[dgen:cast-return] handleCast(Increment, State) must return CastResult<State>,"
                + " NoReply<State> or State; found NoReply<Other>"));
  }

  private static String callReturn(String found) {
    return "[dgen:call-return] handleCall(Value, State) must return CallResult<Long, State>,"
        + " Reply<Long, State> or Long; found "
        + found;
  }

  private static List<Case> queries() {
    return List.of(
        query(
            "  default void §handleQuery(Look it, State state) {}\n",
            "[dgen:query-return] handleQuery(Look, State) must return the reply, Long, since a"
                + " query changes nothing; found void; return Long, or make the message a Call"),
        query(
            "  CallResult<Long, State> §handleQuery(Look it, State state);\n",
            "[dgen:query-return] handleQuery(Look, State) must return the reply, Long, since a"
                + " query changes nothing; found CallResult<Long, State>; return Long, or make the"
                + " message a Call"),
        query(
            "  int §handleQuery(Look it, Optional<State> state);\n",
            "[dgen:query-return] handleQuery(Look, Optional<State>) must return the reply, Long,"
                + " since a query changes nothing; found int; return Long, or make the message a"
                + " Call"),
        query(
            """
              long handleQuery(Look it, State state);
              long §handleQuery(Look it, Optional<State> state);
            """,
            "[dgen:duplicate-callback] Look must have one callback; found handleQuery(Look, State)"
                + " and handleQuery(Look, Optional<State>); remove one of them"),
        query(
            "  Reply<Long, State> §handleCall(Look it, State state);\n",
            "[dgen:wrong-callback] Look is a Query, so its callback must be named handleQuery;"
                + " found handleCall; rename it, or change the kind"),
        query(
            """
              long handleQuery(Look it, State state);
              State §handleDeadLetter(Look it, State state);
            """,
            "[dgen:query-unqueued] handleDeadLetter(Look, State) must be for a Call or a Cast,"
                + " since a Query neither locks nor becomes a dead letter; found that Look is a"
                + " Query; remove the method"),
        query(
            "  static long §handleQuery(Look it, State state) { return 1; }\n",
            "[dgen:callback-form] handleQuery(Look, State) must be a default or abstract method"
                + " without type parameters; found static; change it"),
        query(
            "  long §look(Look it, State state);\n",
            "[dgen:misnamed-callback] message record Look must have a callback named handleQuery;"
                + " found look(Look, State); rename it"),
        counter(
            RIGHT + "  §record Look() implements Query<Long> {}\n",
            USE_LOOK,
            "[dgen:unhandled] message record Look has no callback; declare handleQuery(Look,"
                + " State)"),
        counter(
            RIGHT
                + "  §record Look() implements Query<Void> {}\n"
                + "  Void handleQuery(Look it, State state);\n",
            CLIENT_INCREMENT + "Object value = client.look();",
            "[dgen:query-reply] message record Look must say the type of its reply, since a query"
                + " does nothing but reply; found Query<Void>; write Query<R>"),
        counter(
            RIGHT
                + "  §record Look() implements Query<Long>, Cast {}\n"
                + "  long handleQuery(Look it, State state);\n",
            CLIENT_INCREMENT + "client.look();",
            "[dgen:two-kinds] message record Look must have one kind; found Cast and Query; keep"
                + " one of them"),
        counter(
            RIGHT + VALUE + "  long §handleQuery(Value it, State state);\n",
            USE_VALUE,
            "[dgen:wrong-callback] Value is a Call, so its callback must be named handleCall; found"
                + " handleQuery; rename it, or change the kind"),
        counter(
            RIGHT + "  long handleQuery(Plain §it, State state);\n  record Plain() {}\n",
            CLIENT_INCREMENT,
            "[dgen:unmarked-message] Plain implements none of Call, Cast, Info and Query, so"
                + " handleQuery is never called for it; let it implement Query"),
        counter(
            RIGHT
                + "  §record Query() implements io.dgen.Query<Long> {}\n"
                + "  long handleQuery(Query it, State state);\n",
            CLIENT_INCREMENT,
            "[dgen:message-name] message record Query gives CounterMessage a nested class; found"
                + " that it has its own Query; rename the record"));
  }

  private static List<Case> queryParameters() {
    return List.of(
        query(
            "  long §handleQuery(Look it);\n",
            "[dgen:state-parameter] handleQuery(Look) must take the state, State; found none; take"
                + " State"),
        query(
            "  long handleQuery(Look it, Optional<Long> §state);\n",
            "[dgen:state-parameter] handleQuery(Look, Optional<Long>) must take the state, State;"
                + " found Optional<Long>; take State"),
        query(
            "  long handleQuery(Look it, State state, Optional<State> §again);\n",
            "[dgen:duplicate-parameter] handleQuery(Look, State, Optional<State>) must take each"
                + " thing once; found two Optional<State>; remove one"),
        query(
            "  long handleQuery(Look it, State state, Context §context);\n",
            "[dgen:callback-parameter] handleQuery takes its message, the state, and optionally"
                + " QueryContext; found Context; take QueryContext"),
        query(
            "  long handleQuery(Look it, State state, From<Long> §from);\n",
            "[dgen:callback-parameter] handleQuery takes its message, the state, and optionally"
                + " QueryContext; found From<Long>; remove it"),
        query(
            "  long handleQuery(Look it, State state, String §id);\n",
            "[dgen:callback-parameter] handleQuery takes its message, the state, and optionally"
                + " QueryContext; found String; take QueryContext and use context.id()"),
        query(
            "  long handleQuery(Look it, State state, io.dgen.store.Transaction §its);\n",
            "[dgen:callback-parameter] handleQuery takes its message, the state, and optionally"
                + " QueryContext; found Transaction; remove it"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  State handleCast(Increment it, Optional<State> §state);\n",
            CLIENT_INCREMENT,
            "[dgen:state-parameter] handleCast(Increment, Optional<State>) must take the state,"
                + " State; found Optional<State>; take State"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  State handleCast(Increment it, State state, QueryContext §context);\n",
            CLIENT_INCREMENT,
            "[dgen:callback-parameter] handleCast takes its message, the state, and optionally"
                + " Context; found QueryContext; take Context"));
  }

  private static Case query(String callback, String text) {
    return counter(
        RIGHT + "  record Look() implements Query<Long> {}\n" + callback, USE_LOOK, text);
  }

  private static List<Case> inits() {
    return List.of(
        counter(
            STATE + "  static State §init() { return new State(0); }\n" + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:callback-form] init() must be a default or abstract method without type"
                + " parameters; found static; change it"),
        counter(
            STATE + "  private State §init() { return new State(0); }\n" + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:callback-form] init() must be a default or abstract method without type"
                + " parameters; found private; change it"),
        counter(
            STATE + "  <T> State §init();\n" + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:callback-form] init() must be a default or abstract method without type"
                + " parameters; found <T>; change it"),
        counter(
            STATE + "  State §init() throws Throwable;\n" + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:callback-throws] init() must declare to throw only exceptions; found throws"
                + " Throwable; declare Exception, or a class below it"),
        counter(
            STATE + "  State init(Context context, Context §again);\n" + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:duplicate-parameter] init(Context, Context) must take each thing once; found two"
                + " Context; remove one"),
        counter(
            STATE + "  void §init();\n" + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:init-return] init() must return the state, State; found void"));
  }

  private static List<Case> deletes() {
    return List.of(
        counter(
            RIGHT + "  void §handleDelete();\n",
            CLIENT_INCREMENT,
            "[dgen:state-parameter] handleDelete() must take the state, State; found none; take"
                + " State"),
        counter(
            RIGHT + "  void handleDelete(Context context, Increment §it);\n",
            CLIENT_INCREMENT,
            "[dgen:state-parameter] handleDelete(Context, Increment) must take the state, State;"
                + " found Increment; take State"),
        counter(
            RIGHT + "  void handleDelete(State state, Increment §it);\n",
            CLIENT_INCREMENT,
            "[dgen:callback-parameter] handleDelete takes the state, and optionally Context; found"
                + " Increment; remove it"),
        counter(
            RIGHT + "  void handleDelete(State state, From<Long> §from);\n",
            CLIENT_INCREMENT,
            "[dgen:callback-parameter] handleDelete takes the state, and optionally Context; found"
                + " From<Long>; remove it"),
        counter(
            RIGHT + "  void handleDelete(State state, String §id);\n",
            CLIENT_INCREMENT,
            "[dgen:callback-parameter] handleDelete takes the state, and optionally Context; found"
                + " String; take Context and use context.id()"),
        counter(
            RIGHT + "  void handleDelete(State state, QueryContext §context);\n",
            CLIENT_INCREMENT,
            "[dgen:callback-parameter] handleDelete takes the state, and optionally Context; found"
                + " QueryContext; take Context"),
        counter(
            RIGHT + "  void handleDelete(State state, State §again);\n",
            CLIENT_INCREMENT,
            "[dgen:duplicate-parameter] handleDelete(State, State) must take each thing once; found"
                + " two State; remove one"),
        counter(
            RIGHT
                + "  default void handleDelete(State state) {}\n"
                + "  default void §handleDelete(State state, Context context) {}\n",
            CLIENT_INCREMENT,
            "[dgen:duplicate-callback] Counter must have one callback; found handleDelete(State)"
                + " and handleDelete(State, Context); remove one of them"),
        counter(
            RIGHT + "  static void §handleDelete(State state) {}\n",
            CLIENT_INCREMENT,
            "[dgen:callback-form] handleDelete(State) must be a default or abstract method without"
                + " type parameters; found static; change it"),
        counter(
            RIGHT + "  void §handleDelete(State state) throws Throwable;\n",
            CLIENT_INCREMENT,
            "[dgen:callback-throws] handleDelete(State) must declare to throw only exceptions;"
                + " found throws Throwable; declare Exception, or a class below it"));
  }

  private static List<Case> locks() {
    return List.of(
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  State handleCast(Increment it, State state, From<Long> §caller);\n",
            CLIENT_INCREMENT,
            "[dgen:callback-parameter] handleCast takes its message, the state, and optionally"
                + " Context; found From<Long>; remove it"),
        counter(
            RIGHT
                + VALUE
                + "  @SuppressWarnings(\"rawtypes\") long handleCall(Value it, State s, From"
                + " §from);\n",
            USE_VALUE,
            "[dgen:from-type] handleCall(Value, State, From) must take the caller as From<Long>;"
                + " found From; take From<Long>"),
        counter(
            RIGHT
                + VALUE
                + "  long handleCall(Value it, State s, From<Long> from, String §more);\n",
            USE_VALUE,
            "[dgen:callback-parameter] handleCall takes its message, the state, and optionally From"
                + " and Context; found String; take Context and use context.id()"),
        counter(
            STATE + "  State init(From<Long> §from);\n" + INCREMENT,
            CLIENT_INCREMENT,
            "[dgen:callback-parameter] init takes nothing, or Context; found From<Long>; remove"
                + " it"),
        counter(
            STATE
                + INIT
                + "  record Increment(long by) implements Cast {}\n"
                + "  Lock<Void, State> §handleCast(Increment it, State state);\n",
            CLIENT_INCREMENT,
            "[dgen:lock-unhandled] handleCast(Increment, State) locks, so its message must have a"
                + " handleLocked; found none; declare LockedResult<Void, State>"
                + " handleLocked(Increment, State)"),
        counter(
            RIGHT
                + VALUE
                + "  ReplyLater<Long, State> handleCall(Value it, State state, From<Long> from);\n"
                + "  LockedResult<Long, State> §handleLocked(Value it, State state);\n",
            USE_VALUE,
            "[dgen:locked-unreachable] handleLocked(Value, State) must be for a message that locks;"
                + " found that handleCall(Value, State, From<Long>) returns ReplyLater<Long,"
                + " State>; return CallResult<Long, State> there, or remove the method"),
        counter(
            RIGHT
                + VALUE
                + "  Lock<Long, State> handleCall(Value it, State state);\n"
                + "  LockedResult<Long, State> handleLocked(Value it, State state);\n"
                + "  LockedResult<Long, State> §handleLocked(State state, Value it);\n",
            USE_VALUE,
            "[dgen:duplicate-callback] Value must have one callback; found handleLocked(Value,"
                + " State) and handleLocked(State, Value); remove one of them"),
        counter(
            RIGHT
                + "  LockedResult<Long, State> handleLocked(Incremental §it, State state);\n"
                + "  class Incremental {}\n",
            CLIENT_INCREMENT,
            "[dgen:unknown-message] Incremental is not a message record of Counter; did you mean"
                + " Increment?"),
        counter(
            RIGHT + "  State handleDeadLetter(Plain §it, State state);\n  record Plain() {}\n",
            CLIENT_INCREMENT,
            "[dgen:unmarked-message] Plain implements none of Call, Cast, Info and Query, so"
                + " handleDeadLetter is never called for it; let it implement one of them"),
        counter(
            RIGHT + "  Lock<Void, State> §handleDeadLetter(Increment it, State state);\n",
            CLIENT_INCREMENT,
            "[dgen:cast-return] handleDeadLetter(Increment, State) must return CastResult<State>,"
                + " NoReply<State> or State; found Lock<Void, State>"),
        counter(
            RIGHT + "  Refuse<Void, State> §handleDeadLetter(Increment it, State state);\n",
            CLIENT_INCREMENT,
            "[dgen:cast-return] handleDeadLetter(Increment, State) must return CastResult<State>,"
                + " NoReply<State> or State; found Refuse<Void, State>"),
        counter(
            RIGHT
                + VALUE
                + "  CallResult<Long, State> handleCall(Value it, State state);\n"
                + "  State §handleLocked(Value it, State state);\n",
            USE_VALUE,
            "[dgen:locked-return] handleLocked(Value, State) must return LockedResult<Long, State>;"
                + " found State"));
  }
}
