package sample;

import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.Messages;
import io.dgen.generated.codec.ComponentwiseCodec;
import io.dgen.generated.codec.RecordCodec;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateName;
import io.dgen.generated.codec.StateReader;
import io.dgen.generated.codec.StateRecordCodec;
import io.dgen.generated.codec.StateWriter;
import io.dgen.generated.codec.TermCodecs;
import io.dgen.generated.codec.Variant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;
import javax.annotation.processing.Generated;

/**
 * Writes and reads the messages and the state of {@link Drawing}. Thread-safe.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class DrawingCodec {
  private static final SchemaVersion SCHEMA = new SchemaVersion(-460535452);

  private static final TermCodec<Drawing.Style> STYLE = TermCodecs.enums("Drawing.Style", Drawing.Style.values());

  private static final TermCodec<Drawing.Figure> FIGURE = TermCodecs.<Drawing.Figure>variants("Drawing.Figure",
      new Variant<Drawing.Dot>("Dot", Drawing.Dot.class, DotRecord.INSTANCE),
      new Variant<Drawing.Group>("Group", Drawing.Group.class, GroupRecord.INSTANCE),
      new Variant<Drawing.Style>("Style", Drawing.Style.class, STYLE));

  private static final TermCodec<List<Drawing.Figure>> LIST_OF_FIGURE = TermCodecs.list(FIGURE);

  private static final TermCodec<Drawing.Group[]> ARRAY_OF_GROUP = TermCodecs.array(GroupRecord.INSTANCE, Drawing.Group[]::new);

  private static final TermCodec<List<String>> LIST_OF_STRING = TermCodecs.list(TermCodecs.STRING);

  private static final TermCodec<Map<Drawing.Style, Drawing.Pair<Long, List<String>>>> MAP_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING = TermCodecs.map(STYLE, PairOfLongAndListOfStringRecord.INSTANCE);

  private static final TermCodec<SequencedMap<LocalDate, Drawing.Figure>> SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE = TermCodecs.sequencedMap(TermCodecs.LOCAL_DATE, FIGURE);

  private static final TermCodec<Locale.Category> CATEGORY = TermCodecs.enums("Locale.Category", Locale.Category.values());

  private static final TermCodec<SequencedSet<Locale.Category>> SEQUENCED_SET_OF_CATEGORY = TermCodecs.sequencedSet(CATEGORY);

  private static final TermCodec<Locale> LOCALE_CODEC = TermCodecs.customOfImmutable(new Drawing.LocaleCodec());

  private static final TermCodec<Drawing.Pair<String, Long>[]> ARRAY_OF_PAIR_OF_STRING_AND_LONG = TermCodecs.array(PairOfStringAndLongRecord.INSTANCE, Drawing.Pair<?, ?>[]::new);

  private static final TermCodec<Drawing.Figure[]> ARRAY_OF_FIGURE = TermCodecs.array(FIGURE, Drawing.Figure[]::new);

  private static final TermCodec<Drawing.Result<Drawing.Figure>> RESULT_OF_FIGURE = TermCodecs.<Drawing.Result<Drawing.Figure>>variants("Drawing.Result",
      new Variant<Drawing.Ok<Drawing.Figure>>("Ok", Drawing.Ok.class, OkOfFigureRecord.INSTANCE),
      new Variant<Drawing.Failed<Drawing.Figure>>("Failed", Drawing.Failed.class, FailedOfFigureRecord.INSTANCE));

  private static final ComponentwiseCodec<Map<Drawing.Style, Drawing.Pair<Long, List<String>>>> ENTRIES_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING = TermCodecs.entries(STYLE, PairOfLongAndListOfStringRecord.INSTANCE);

  /**
   * The codec of the messages and replies.
   */
  public static final MessageCodec<DrawingMessage> MESSAGES = Messages.<DrawingMessage>of("Drawing", SCHEMA)
    .cast("Draw", DrawingMessage.Draw.class, DrawingMessage.Draw::new, DrawRecord.INSTANCE)
    .call("Find", DrawingMessage.Find.class, DrawingMessage.Find::new, FindRecord.INSTANCE, RESULT_OF_FIGURE)
    .build();

  /**
   * The codec of the state.
   */
  public static final StateCodec<Drawing.State> STATES = StateCodec.of("Drawing.State", StateRecord.INSTANCE, SCHEMA);

  private DrawingCodec() {
  }

  private static final class DotRecord extends RecordCodec<Drawing.Dot> {
    static final DotRecord INSTANCE = new DotRecord();

    @Override
    protected void writeRecord(TermWriter out, Drawing.Dot value) {
      out.startMap(1);
      out.name("at");
      TermCodecs.INTS.write(out, value.at());
      out.endMap();
    }

    @Override
    protected Drawing.Dot readRecord(TermReader in) {
      int[] at = TermCodecs.INTS.missing();
      in.startRecord("Dot");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "at" -> at = TermCodecs.INTS.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Dot(at);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.Dot freeze(Drawing.Dot value) {
      if (value == null) {
        return null;
      }
      int[] at = TermCodecs.INTS.freeze(value.at());
      return at == value.at() ? value : new Drawing.Dot(at);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }
  }

  private static final class GroupRecord extends RecordCodec<Drawing.Group> {
    static final GroupRecord INSTANCE = new GroupRecord();

    @Override
    protected void writeRecord(TermWriter out, Drawing.Group value) {
      out.startMap(2);
      out.name("members");
      LIST_OF_FIGURE.write(out, value.members());
      out.name("more");
      ARRAY_OF_GROUP.write(out, value.more());
      out.endMap();
    }

    @Override
    protected Drawing.Group readRecord(TermReader in) {
      List<Drawing.Figure> members = LIST_OF_FIGURE.missing();
      Drawing.Group[] more = ARRAY_OF_GROUP.missing();
      in.startRecord("Group");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "members" -> members = LIST_OF_FIGURE.read(in);
          case "more" -> more = ARRAY_OF_GROUP.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Group(members, more);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.Group freeze(Drawing.Group value) {
      if (value == null) {
        return null;
      }
      List<Drawing.Figure> members = LIST_OF_FIGURE.freeze(value.members());
      Drawing.Group[] more = ARRAY_OF_GROUP.freeze(value.more());
      return members == value.members() && more == value.more() ? value : new Drawing.Group(members, more);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }
  }

  private static final class PairOfStringAndFigureRecord extends StateRecordCodec<Drawing.Pair<String, Drawing.Figure>> {
    static final PairOfStringAndFigureRecord INSTANCE = new PairOfStringAndFigureRecord();

    private static final StateName FIRST = StateName.of("first");

    private static final StateName SECOND = StateName.of("second");

    @Override
    protected void writeRecord(TermWriter out, Drawing.Pair<String, Drawing.Figure> value) {
      out.startMap(2);
      out.name("first");
      TermCodecs.STRING.write(out, value.first());
      out.name("second");
      FIGURE.write(out, value.second());
      out.endMap();
    }

    @Override
    protected Drawing.Pair<String, Drawing.Figure> readRecord(TermReader in) {
      String first = null;
      Drawing.Figure second = null;
      in.startRecord("Pair");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "first" -> first = TermCodecs.STRING.read(in);
          case "second" -> second = FIGURE.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Pair<String, Drawing.Figure>(first, second);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.Pair<String, Drawing.Figure> freeze(Drawing.Pair<String, Drawing.Figure> value) {
      if (value == null) {
        return null;
      }
      Drawing.Figure second = FIGURE.freeze(value.second());
      return second == value.second() ? value : new Drawing.Pair<String, Drawing.Figure>(value.first(), second);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public void put(StateWriter out, Drawing.Pair<String, Drawing.Figure> value) {
      out.putTerm(FIRST, TermCodecs.STRING, value.first());
      out.putTerm(SECOND, FIGURE, value.second());
    }

    @Override
    public void change(StateWriter out, Drawing.Pair<String, Drawing.Figure> before,
        Drawing.Pair<String, Drawing.Figure> after) {
      out.changeTerm(FIRST, TermCodecs.STRING, before.first(), after.first());
      out.changeTerm(SECOND, FIGURE, before.second(), after.second());
    }

    @Override
    public Drawing.Pair<String, Drawing.Figure> read(StateReader in) {
      String first = null;
      Drawing.Figure second = null;
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "first" -> first = in.readTerm(TermCodecs.STRING);
          case "second" -> second = in.readTerm(FIGURE);
          default -> in.skip();
        }
      }
      return new Drawing.Pair<String, Drawing.Figure>(first, second);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.Pair<String, Drawing.Figure> freeze(Drawing.Pair<String, Drawing.Figure> before,
        Drawing.Pair<String, Drawing.Figure> after) {
      if (after == null || after == before) {
        return after;
      }
      Drawing.Figure second = FIGURE.freeze(before == null ? null : before.second(), after.second());
      return second == after.second() ? after : new Drawing.Pair<String, Drawing.Figure>(after.first(), second);
    }
  }

  private static final class PairOfLongAndListOfStringRecord extends StateRecordCodec<Drawing.Pair<Long, List<String>>> {
    static final PairOfLongAndListOfStringRecord INSTANCE = new PairOfLongAndListOfStringRecord();

    private static final StateName FIRST = StateName.of("first");

    private static final StateName SECOND = StateName.of("second");

    @Override
    protected void writeRecord(TermWriter out, Drawing.Pair<Long, List<String>> value) {
      out.startMap(2);
      out.name("first");
      TermCodecs.LONG.write(out, value.first());
      out.name("second");
      LIST_OF_STRING.write(out, value.second());
      out.endMap();
    }

    @Override
    protected Drawing.Pair<Long, List<String>> readRecord(TermReader in) {
      Long first = null;
      List<String> second = LIST_OF_STRING.missing();
      in.startRecord("Pair");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "first" -> first = TermCodecs.LONG.read(in);
          case "second" -> second = LIST_OF_STRING.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Pair<Long, List<String>>(first, second);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.Pair<Long, List<String>> freeze(Drawing.Pair<Long, List<String>> value) {
      if (value == null) {
        return null;
      }
      List<String> second = LIST_OF_STRING.freeze(value.second());
      return second == value.second() ? value : new Drawing.Pair<Long, List<String>>(value.first(), second);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public boolean isFixed() {
      return true;
    }

    @Override
    public void put(StateWriter out, Drawing.Pair<Long, List<String>> value) {
      out.putTerm(FIRST, TermCodecs.LONG, value.first());
      out.putTerm(SECOND, LIST_OF_STRING, value.second());
    }

    @Override
    public void change(StateWriter out, Drawing.Pair<Long, List<String>> before,
        Drawing.Pair<Long, List<String>> after) {
      out.changeTerm(FIRST, TermCodecs.LONG, before.first(), after.first());
      out.changeTerm(SECOND, LIST_OF_STRING, before.second(), after.second());
    }

    @Override
    public Drawing.Pair<Long, List<String>> read(StateReader in) {
      Long first = null;
      List<String> second = LIST_OF_STRING.missing();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "first" -> first = in.readTerm(TermCodecs.LONG);
          case "second" -> second = in.readTerm(LIST_OF_STRING);
          default -> in.skip();
        }
      }
      return new Drawing.Pair<Long, List<String>>(first, second);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.Pair<Long, List<String>> freeze(Drawing.Pair<Long, List<String>> before,
        Drawing.Pair<Long, List<String>> after) {
      if (after == null || after == before) {
        return after;
      }
      List<String> second = LIST_OF_STRING.freeze(before == null ? null : before.second(), after.second());
      return second == after.second() ? after : new Drawing.Pair<Long, List<String>>(after.first(), second);
    }
  }

  private static final class PairOfStringAndLongRecord extends RecordCodec<Drawing.Pair<String, Long>> {
    static final PairOfStringAndLongRecord INSTANCE = new PairOfStringAndLongRecord();

    @Override
    protected void writeRecord(TermWriter out, Drawing.Pair<String, Long> value) {
      out.startMap(2);
      out.name("first");
      TermCodecs.STRING.write(out, value.first());
      out.name("second");
      TermCodecs.LONG.write(out, value.second());
      out.endMap();
    }

    @Override
    protected Drawing.Pair<String, Long> readRecord(TermReader in) {
      String first = null;
      Long second = null;
      in.startRecord("Pair");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "first" -> first = TermCodecs.STRING.read(in);
          case "second" -> second = TermCodecs.LONG.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Pair<String, Long>(first, second);
    }
  }

  private static final class StateRecord extends StateRecordCodec<Drawing.State> {
    static final StateRecord INSTANCE = new StateRecord();

    private static final StateName NAMED = StateName.of("named");

    private static final StateName STYLES = StateName.of("styles");

    private static final StateName HISTORY = StateName.of("history");

    private static final StateName CATEGORIES = StateName.of("categories");

    private static final StateName LIMIT = StateName.of("limit");

    private static final StateName LOCALE = StateName.of("locale");

    private static final StateName COUNTS = StateName.of("counts");

    @Override
    protected void writeRecord(TermWriter out, Drawing.State value) {
      out.startMap(7);
      out.name("named");
      PairOfStringAndFigureRecord.INSTANCE.write(out, value.named());
      out.name("styles");
      MAP_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING.write(out, value.styles());
      out.name("history");
      SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE.write(out, value.history());
      out.name("categories");
      SEQUENCED_SET_OF_CATEGORY.write(out, value.categories());
      out.name("limit");
      TermCodecs.OPTIONAL_INT.write(out, value.limit());
      out.name("locale");
      LOCALE_CODEC.write(out, value.locale());
      out.name("counts");
      ARRAY_OF_PAIR_OF_STRING_AND_LONG.write(out, value.counts());
      out.endMap();
    }

    @Override
    protected Drawing.State readRecord(TermReader in) {
      Drawing.Pair<String, Drawing.Figure> named = null;
      Map<Drawing.Style, Drawing.Pair<Long, List<String>>> styles = MAP_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING.missing();
      SequencedMap<LocalDate, Drawing.Figure> history = SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE.missing();
      SequencedSet<Locale.Category> categories = SEQUENCED_SET_OF_CATEGORY.missing();
      OptionalInt limit = TermCodecs.OPTIONAL_INT.missing();
      Locale locale = LOCALE_CODEC.missing();
      Drawing.Pair<String, Long>[] counts = ARRAY_OF_PAIR_OF_STRING_AND_LONG.missing();
      in.startRecord("State");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "named" -> named = PairOfStringAndFigureRecord.INSTANCE.read(in);
          case "styles" -> styles = MAP_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING.read(in);
          case "history" -> history = SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE.read(in);
          case "categories" -> categories = SEQUENCED_SET_OF_CATEGORY.read(in);
          case "limit" -> limit = TermCodecs.OPTIONAL_INT.read(in);
          case "locale" -> locale = LOCALE_CODEC.read(in);
          case "counts" -> counts = ARRAY_OF_PAIR_OF_STRING_AND_LONG.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.State(named, styles, history, categories, limit, locale, counts);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.State freeze(Drawing.State value) {
      if (value == null) {
        return null;
      }
      Drawing.Pair<String, Drawing.Figure> named = PairOfStringAndFigureRecord.INSTANCE.freeze(value.named());
      Map<Drawing.Style, Drawing.Pair<Long, List<String>>> styles = MAP_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING.freeze(value.styles());
      SequencedMap<LocalDate, Drawing.Figure> history = SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE.freeze(value.history());
      SequencedSet<Locale.Category> categories = SEQUENCED_SET_OF_CATEGORY.freeze(value.categories());
      Drawing.Pair<String, Long>[] counts = ARRAY_OF_PAIR_OF_STRING_AND_LONG.freeze(value.counts());
      return named == value.named() && styles == value.styles() && history == value.history() && categories == value.categories() && counts == value.counts() ? value : new Drawing.State(named, styles, history, categories, value.limit(), value.locale(), counts);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public void put(StateWriter out, Drawing.State value) {
      out.putRecord(NAMED, PairOfStringAndFigureRecord.INSTANCE, value.named());
      out.putRecord(STYLES, ENTRIES_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING, value.styles());
      out.putTerm(HISTORY, SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE, value.history());
      out.putTerm(CATEGORIES, SEQUENCED_SET_OF_CATEGORY, value.categories());
      out.putTerm(LIMIT, TermCodecs.OPTIONAL_INT, value.limit());
      out.putTerm(LOCALE, LOCALE_CODEC, value.locale());
      out.putTerm(COUNTS, ARRAY_OF_PAIR_OF_STRING_AND_LONG, value.counts());
    }

    @Override
    public void change(StateWriter out, Drawing.State before, Drawing.State after) {
      out.changeRecord(NAMED, PairOfStringAndFigureRecord.INSTANCE, before.named(), after.named());
      out.changeRecord(STYLES, ENTRIES_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING, before.styles(), after.styles());
      out.changeTerm(HISTORY, SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE, before.history(), after.history());
      out.changeTerm(CATEGORIES, SEQUENCED_SET_OF_CATEGORY, before.categories(), after.categories());
      out.changeTerm(LIMIT, TermCodecs.OPTIONAL_INT, before.limit(), after.limit());
      out.changeTerm(LOCALE, LOCALE_CODEC, before.locale(), after.locale());
      out.changeTerm(COUNTS, ARRAY_OF_PAIR_OF_STRING_AND_LONG, before.counts(), after.counts());
    }

    @Override
    public Drawing.State read(StateReader in) {
      Drawing.Pair<String, Drawing.Figure> named = null;
      Map<Drawing.Style, Drawing.Pair<Long, List<String>>> styles = MAP_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING.missing();
      SequencedMap<LocalDate, Drawing.Figure> history = SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE.missing();
      SequencedSet<Locale.Category> categories = SEQUENCED_SET_OF_CATEGORY.missing();
      OptionalInt limit = TermCodecs.OPTIONAL_INT.missing();
      Locale locale = LOCALE_CODEC.missing();
      Drawing.Pair<String, Long>[] counts = ARRAY_OF_PAIR_OF_STRING_AND_LONG.missing();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "named" -> named = in.readRecord(PairOfStringAndFigureRecord.INSTANCE);
          case "styles" -> styles = in.readRecord(ENTRIES_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING);
          case "history" -> history = in.readTerm(SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE);
          case "categories" -> categories = in.readTerm(SEQUENCED_SET_OF_CATEGORY);
          case "limit" -> limit = in.readTerm(TermCodecs.OPTIONAL_INT);
          case "locale" -> locale = in.readTerm(LOCALE_CODEC);
          case "counts" -> counts = in.readTerm(ARRAY_OF_PAIR_OF_STRING_AND_LONG);
          default -> in.skip();
        }
      }
      return new Drawing.State(named, styles, history, categories, limit, locale, counts);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.State freeze(Drawing.State before, Drawing.State after) {
      if (after == null || after == before) {
        return after;
      }
      Drawing.Pair<String, Drawing.Figure> named = PairOfStringAndFigureRecord.INSTANCE.freeze(before == null ? null : before.named(), after.named());
      Map<Drawing.Style, Drawing.Pair<Long, List<String>>> styles = ENTRIES_OF_STYLE_TO_PAIR_OF_LONG_AND_LIST_OF_STRING.freeze(before == null ? null : before.styles(), after.styles());
      SequencedMap<LocalDate, Drawing.Figure> history = SEQUENCED_MAP_OF_LOCAL_DATE_TO_FIGURE.freeze(before == null ? null : before.history(), after.history());
      SequencedSet<Locale.Category> categories = SEQUENCED_SET_OF_CATEGORY.freeze(before == null ? null : before.categories(), after.categories());
      Drawing.Pair<String, Long>[] counts = ARRAY_OF_PAIR_OF_STRING_AND_LONG.freeze(before == null ? null : before.counts(), after.counts());
      return named == after.named() && styles == after.styles() && history == after.history() && categories == after.categories() && counts == after.counts() ? after : new Drawing.State(named, styles, history, categories, after.limit(), after.locale(), counts);
    }
  }

  private static final class DrawRecord extends RecordCodec<Drawing.Draw> {
    static final DrawRecord INSTANCE = new DrawRecord();

    @Override
    protected void writeRecord(TermWriter out, Drawing.Draw value) {
      out.startMap(2);
      out.name("locale");
      LOCALE_CODEC.write(out, value.locale());
      out.name("figures");
      ARRAY_OF_FIGURE.write(out, value.figures());
      out.endMap();
    }

    @Override
    protected Drawing.Draw readRecord(TermReader in) {
      Locale locale = LOCALE_CODEC.missing();
      Drawing.Figure[] figures = ARRAY_OF_FIGURE.missing();
      in.startRecord("Draw");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "locale" -> locale = LOCALE_CODEC.read(in);
          case "figures" -> figures = ARRAY_OF_FIGURE.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Draw(locale, figures);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.Draw freeze(Drawing.Draw value) {
      if (value == null) {
        return null;
      }
      Drawing.Figure[] figures = ARRAY_OF_FIGURE.freeze(value.figures());
      return figures == value.figures() ? value : new Drawing.Draw(value.locale(), figures);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }
  }

  private static final class FindRecord extends RecordCodec<Drawing.Find> {
    static final FindRecord INSTANCE = new FindRecord();

    @Override
    protected void writeRecord(TermWriter out, Drawing.Find value) {
      out.startMap(1);
      out.name("name");
      TermCodecs.STRING.write(out, value.name());
      out.endMap();
    }

    @Override
    protected Drawing.Find readRecord(TermReader in) {
      String name_ = null;
      in.startRecord("Find");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "name" -> name_ = TermCodecs.STRING.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Find(name_);
    }
  }

  private static final class OkOfFigureRecord extends RecordCodec<Drawing.Ok<Drawing.Figure>> {
    static final OkOfFigureRecord INSTANCE = new OkOfFigureRecord();

    @Override
    protected void writeRecord(TermWriter out, Drawing.Ok<Drawing.Figure> value) {
      out.startMap(1);
      out.name("value");
      FIGURE.write(out, value.value());
      out.endMap();
    }

    @Override
    protected Drawing.Ok<Drawing.Figure> readRecord(TermReader in) {
      Drawing.Figure value = null;
      in.startRecord("Ok");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "value" -> value = FIGURE.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Ok<Drawing.Figure>(value);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Drawing.Ok<Drawing.Figure> freeze(Drawing.Ok<Drawing.Figure> value) {
      if (value == null) {
        return null;
      }
      Drawing.Figure value_ = FIGURE.freeze(value.value());
      return value_ == value.value() ? value : new Drawing.Ok<Drawing.Figure>(value_);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }
  }

  private static final class FailedOfFigureRecord extends RecordCodec<Drawing.Failed<Drawing.Figure>> {
    static final FailedOfFigureRecord INSTANCE = new FailedOfFigureRecord();

    @Override
    protected void writeRecord(TermWriter out, Drawing.Failed<Drawing.Figure> value) {
      out.startMap(1);
      out.name("why");
      TermCodecs.STRING.write(out, value.why());
      out.endMap();
    }

    @Override
    protected Drawing.Failed<Drawing.Figure> readRecord(TermReader in) {
      String why = null;
      in.startRecord("Failed");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "why" -> why = TermCodecs.STRING.read(in);
          default -> in.skip();
        }
      }
      return new Drawing.Failed<Drawing.Figure>(why);
    }
  }
}
