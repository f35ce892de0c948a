package io.dgen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that mention types which do not exist yet: ours, another processor's, nobody's. */
class RoundsTest {

  private static final String USER =
      """
      package sample.user;
      import sample.CounterClient;
      import sample.CounterMessage;
      import sample.CounterServer;
      class User {
        CounterServer server = CounterServer.of();
        CounterMessage message;
        void use(CounterClient client) { client.increment(1); }
      }
      """;

  @Test
  void anInterfaceMayMentionWhatIsGeneratedForIt() {
    assertClean(
        counter(
            """
            record Increment(long by) implements Cast {}
            default State handleCast(Increment message, State state) {
              CounterMessage wrapped = new CounterMessage.Increment(message);
              return wrapped.message().equals(message) ? state : init();
            }
            default CounterClient client(Dgen dgen) { return CounterClient.of(dgen, "a"); }
            static CounterServer server() { return CounterServer.of(); }
            """));
  }

  @Test
  void twoInterfacesMayMentionEachOthersClients() {
    JavaFileObject other =
        Compile.source(
            "sample.Other",
            """
            package sample;
            import io.dgen.*;
            @io.dgen.annotations.DistributedServer
            interface Other {
              record State(int value) {}
              record Put(int value) implements Info {}
              default State init() { return new State(0); }
              default State handleInfo(Put message, State state) { return state; }
              default CounterClient counter(Dgen dgen) { return CounterClient.of(dgen, "a"); }
            }
            """);
    assertClean(
        counter(
            """
            record Increment(long by) implements Cast {}
            default State handleCast(Increment message, State state) { return state; }
            default OtherClient other(Dgen dgen) { return OtherClient.of(dgen, "a"); }
            """),
        other);
  }

  @Test
  void anInterfaceMayBeInTheUnnamedPackage() {
    assertClean(
        Compile.source(
            "Plain",
            """
            import io.dgen.Cast;
            @io.dgen.annotations.DistributedServer
            public interface Plain {
              record State(int value) {}
              record PlainClient(int value) implements Cast {}
              default State init() { return new State(0); }
              default State handleCast(PlainClient message, State state) { return state; }
            }
            """));
  }

  @Test
  void aCallbackMayBeInheritedTwice() {
    assertClean(
        Compile.source(
            "sample.Twice",
            """
            package sample;
            import io.dgen.Cast;
            interface One {
              Twice.State handleCast(Twice.Put message, Twice.State state);
            }
            interface Two {
              Twice.State handleCast(Twice.Put message, Twice.State state);
            }
            interface Three extends Two {
              default Twice.State init() { return new Twice.State(0); }
            }
            @io.dgen.annotations.DistributedServer
            public interface Twice extends One, Two, Three {
              record State(int value) {}
              record Put(int value) implements Cast {}
            }
            """));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void waitsForARecordOfAnotherProcessor(int round) {
    Compilation compilation =
        Compile.javac().with(new Generating(1, round)).sources(mentioningLate(), user());
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.generated(compilation).get("CounterClient.java")).contains("put(Late it)");
    assertThat(Compile.generated(compilation)).containsKey("CounterCodec.java");
  }

  /** Its wrapper needs the type, unlike those of other messages, which are written at once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void waitsForTheReplyInAnAnswer(int round) {
    Compilation compilation =
        Compile.javac().with(new Generating(1, round)).sources(asking("Late"), user());
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.generated(compilation).get("CounterMessage.java"))
        .contains("MessageWrapper<Answered<Counter.Get, Late>>");
  }

  @Test
  void anAnswerThatNobodyWritesIsOnlyJavacsError() {
    assertThat(Compile.diagnostics(Compile.javac().toTheEnd().sources(asking("Late"), user())))
        .map(it -> it.lines().findFirst().orElseThrow())
        .containsExactly(
            "Counter.java:9:32: cannot find symbol",
            "Counter.java:10:11: cannot find symbol",
            "Counter.java:11:48: cannot find symbol");
  }

  @Test
  void saysSoIfTheRecordComesAfterARoundWithoutAny() {
    Compilation compilation =
        Compile.javac().with(new Generating(2, 2)).sources(mentioningLate(), user());
    assertThat(Compile.diagnostics(compilation))
        .containsExactly(
            "Counter.java:4:8: [dgen:late-type] Counter mentions types that another annotation"
                + " processor generates; found them only after a round in which none was"
                + " generated; let that processor write them in its first round");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTypeThatNobodyWritesIsOnlyJavacsError(boolean toTheEnd) {
    Compile javac = toTheEnd ? Compile.javac().toTheEnd() : Compile.javac();
    assertThat(Compile.diagnostics(javac.sources(mentioningLate(), user())))
        .containsExactly(
            """
            Counter.java:8:12: cannot find symbol
              symbol:   class Late
              location: class sample.Counter.Put\
            """);
  }

  @Test
  void oneWrongServerDoesNotStopTheOther() {
    JavaFileObject wrong =
        Compile.source(
            "sample.Wrong",
            """
            package sample;
            @io.dgen.annotations.DistributedServer
            interface Wrong {
              record State(int value) {}
              record Put(int value) implements io.dgen.Cast {}
              default State handleCast(Put message, State state) { return state; }
            }
            """);
    Compilation compilation =
        Compile.javac().toTheEnd().sources(wrong, Samples.source(Samples.COUNTER), user());
    assertThat(Compile.diagnostics(compilation))
        .containsExactly(
            "Wrong.java:3:1: [dgen:no-init] Wrong must create its first state; found no init;"
                + " declare State init()");
  }

  @Test
  void twoMistakesAreTwoErrorsInOneCompile() {
    Compilation compilation =
        Compile.javac()
            .toTheEnd()
            .sources(
                counter(
                    """
                    record Increment(long by) implements Cast {}
                    default void handleCast(Increment message, State state) {}
                    record Put(Object it) implements Cast {}
                    default State handleCast(Put message, State state) { return state; }
                    """),
                user());
    assertThat(Compile.diagnostics(compilation))
        .hasSize(2)
        .anyMatch(it -> it.contains("[dgen:cast-return]"))
        .anyMatch(it -> it.contains("[dgen:no-codec]"));
  }

  private static void assertClean(JavaFileObject... sources) {
    Compilation compilation = Compile.javac().with("-Xlint:all", "-Werror").sources(sources);
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
  }

  private static JavaFileObject counter(String body) {
    return Compile.source(
        "sample.Counter",
        """
        package sample;
        import io.dgen.*;
        @io.dgen.annotations.DistributedServer
        public interface Counter {
          record State(long value) {}
          default State init() { return new State(0); }
        %s}
        """
            .formatted(body));
  }

  private static JavaFileObject mentioningLate() {
    return counter(
        """
          record Increment(long by) implements Cast {}
        record Put(Late it) implements Cast {}
          default State handleCast(Increment message, State state) { return state; }
          default State handleCast(Put message, State state) { return state; }
        """);
  }

  private static JavaFileObject asking(String reply) {
    return counter(
        """
          record Increment(long by) implements Cast {}
          default State handleCast(Increment message, State state) { return state; }
          record Get() implements Call<%1$s> {}
          default %1$s handleCall(Get message, State state) { return null; }
          default State handleAnswer(Get asked, Answer<%1$s> answer, State state) { return state; }
        """
            .formatted(reply));
  }

  private static JavaFileObject user() {
    return Compile.source("sample.user.User", USER);
  }

  /** Writes a class in every round from the first to the last, and the record in the last. */
  private static final class Generating extends AbstractProcessor {
    private final int first;
    private final int last;
    private int round;

    private Generating(int first, int last) {
      this.first = first;
      this.last = last;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
      round++;
      if (round >= first && round < last) {
        write("Step" + round, "class Step" + round + " {}");
      } else if (round == last) {
        write("Late", "public record Late(int value) {}");
      }
      return false;
    }

    private void write(String name, String text) {
      try (Writer out = processingEnv.getFiler().createSourceFile("sample." + name).openWriter()) {
        out.write("package sample;\n" + text);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
