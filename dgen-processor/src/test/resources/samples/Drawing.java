package sample;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.UseCodec;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;

@DistributedServer
interface Drawing {

  record Pair<A, B>(A first, B second) {}

  sealed interface Figure permits Dot, Group, Style {}

  record Dot(int[] at) implements Figure {}

  record Group(List<Figure> members, Group[] more) implements Figure {}

  enum Style implements Figure {
    THIN,
    BOLD
  }

  sealed interface Result<T> permits Ok, Failed {}

  record Ok<T>(T value) implements Result<T> {}

  record Failed<T>(String why) implements Result<T> {}

  record State(
      Pair<String, Figure> named,
      Map<Style, Pair<Long, List<String>>> styles,
      SequencedMap<LocalDate, Figure> history,
      SequencedSet<Locale.Category> categories,
      OptionalInt limit,
      @UseCodec(LocaleCodec.class) Locale locale,
      Pair<String, Long>[] counts) {}

  record Draw(@UseCodec(LocaleCodec.class) Locale locale, Figure... figures) implements Cast {}

  record Find(String name) implements Call<Result<Figure>> {}

  State init();

  State handleCast(Draw message, State state);

  Result<Figure> handleCall(Find message, State state);

  final class LocaleCodec implements TermCodec<Locale> {
    @Override
    public void write(TermWriter out, Locale value) {
      out.writeString(value.toLanguageTag());
    }

    @Override
    public Locale read(TermReader in) {
      return Locale.forLanguageTag(in.readString());
    }
  }
}
