package io.dgen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client's methods may be called, and which messages they take. */
class ClientNamesTest {

  private static final String GAME =
      """
      package sample;
      import io.dgen.Call;
      import io.dgen.Cast;
      import io.dgen.Info;
      import io.dgen.annotations.ClientName;
      import io.dgen.annotations.DistributedServer;
      @DistributedServer
      public interface Game {
        record State(long value) {}
        record Pause(String why) implements Cast {}
        record Reset() implements Cast {}
        record Of(String id) implements Cast {}
        record In(String room) implements Cast {}
        record Wait(String what) implements Cast {}
        record Kill() implements Call<Boolean> {}
        record Status() implements Call<Long> {}
        record DeadLetters() implements Call<Long> {}
        record QueueLength() implements Info {}
        @ClientName("create") record New(long value) implements Cast {}
        @ClientName("raise") record Throw(Throw cause) implements Cast {}
        @ClientName("leave") record GetClass() implements Info {}
        default State init() { return new State(0); }
        default State handleCast(Pause message, State state) { return state; }
        default State handleCast(Reset message, State state) { return state; }
        default State handleCast(Of message, State state) { return state; }
        default State handleCast(In message, State state) { return state; }
        default State handleCast(Wait message, State state) { return state; }
        default State handleCast(New message, State state) { return state; }
        default State handleCast(Throw message, State state) { return state; }
        default Boolean handleCall(Kill message, State state) { return true; }
        default Long handleCall(Status message, State state) { return 1L; }
        default Long handleCall(DeadLetters message, State state) { return 1L; }
        default State handleInfo(QueueLength message, State state) { return state; }
        default State handleInfo(GetClass message, State state) { return state; }
      }
      """;

  @Test
  void messagesMayBeCalledAsWhatIsDoneToAnEntity() {
    assertThat(
            errors(
                """
                client.pause("why"); client.pause(new Game.Pause("why"));
                client.reset(); client.of("a"); client.in("b"); client.wait("c");
                boolean killed = client.kill(); long status = client.status();
                long letters = client.deadLetters(); client.queueLength();
                client.create(1); client.createAsync(new Game.New(1)).join();
                client.raise(new Game.Throw(null)); client.leave();
                client.entity().pause("to look at it"); client.entity().reset();
                """))
        .isEmpty();
  }

  @Test
  void castsMayBeGivenAsRecordsOrByTheirComponents() {
    assertThat(
            errors(
                """
                client.castAll(batch -> {
                  batch.pause("why");
                  batch.create(new Game.New(1));
                });
                client.castAllAsync(batch -> batch.reset()).join();
                client.after(java.time.Duration.ZERO).create(new Game.New(1)).text();
                GameClient.in(context, "g").pause(new Game.Pause("why"));
                GameClient.in(context, "g").after(java.time.Duration.ZERO).create(1);
                """))
        .isEmpty();
  }

  @Test
  void aBatchTakesCastsOfItsServerAlone() {
    assertThat(errors("client.castAll(batch -> batch.kill());"))
        .singleElement()
        .asString()
        .contains("cannot find symbol", "method kill()");
    assertThat(errors("client.castAll(batch -> batch.create(new Game.Pause(\"why\")));"))
        .singleElement()
        .asString()
        .contains("no suitable method found for create(sample.Game.Pause)");
  }

  @Test
  void aTypeOfThePackageMayBeCalledAsOneOfJavaLang() {
    Compilation compilation =
        Compile.javac()
            .with("-Xlint:all", "-Werror")
            .sources(
                Compile.source("sample.Override", "package sample; class Override {}"),
                Compile.source("sample.Record", "package sample; class Record {}"),
                Compile.source("sample.String", "package sample; class String {}"),
                Samples.source(Samples.SHOP));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.generated(compilation).get("ShopServer.java"))
        .contains("import java.lang.Override;");
  }

  private static List<String> errors(String use) {
    return Compile.diagnostics(
        Compile.javac()
            .sources(
                Compile.source("sample.Game", GAME),
                Compile.source(
                    "sample.User",
                    "package sample; class User { void use(GameClient client, io.dgen.Context"
                        + " context) {\n"
                        + use
                        + "}}")));
  }
}
