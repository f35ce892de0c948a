package sample;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.annotations.ClientName;
import io.dgen.annotations.Default;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Id;
import io.dgen.annotations.Renamed;
import io.dgen.annotations.Term;
import io.dgen.annotations.UseCodec;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every annotation, generic and sealed types, and inherited methods. */
@DistributedServer(name = "Depot", state = Depot.Stock.class)
public interface Depot extends Counting, Named<String> {
  record Stock(
      List<Item> items,
      @Term Map<String, Pair<Long, Item>> pairs,
      @Renamed({"spot", "room"}) Optional<Place> place,
      @Default("7") int limit,
      @Default("none()") List<String> notes,
      @UseCodec(LocaleCodec.class) Locale locale) {
    static List<String> none() {
      return List.of();
    }
  }

  record Item(@Id String code, long[] counts, Color color) {}

  record Pair<A extends Comparable<A>, B>(A one, B other) {}

  sealed interface Place permits Shelf, Yard, Nowhere {}

  record Shelf(int row, Place above) implements Place {}

  record Yard(String name) implements Place {}

  enum Nowhere implements Place {
    LOST
  }

  enum Color {
    RED,
    @Renamed("AZURE")
    BLUE
  }

  @ClientName("place")
  @Renamed("Store")
  record Put(Item item, String... notes) implements Cast {}

  record Move(String code, Place to) implements Call<Optional<Place>> {}

  record Look() implements Info {}

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

  @Override
  default String name(String before) {
    return before;
  }

  default Stock init(Context context) {
    return new Stock(List.of(), Map.of(), Optional.empty(), 7, Stock.none(), Locale.ROOT);
  }

  default Stock handleCast(Put message, Stock state) {
    return state;
  }

  default Optional<Place> handleCall(Move message, Stock state, Context context) {
    return state.place();
  }

  default Stock handleInfo(Look message, Stock state) {
    return state;
  }
}

interface Counting {
  default long count(Depot.Stock state) {
    return state.items().size();
  }
}

interface Named<T> {
  T name(T before);
}
