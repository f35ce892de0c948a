package io.dgen.tests.codec;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server whose types are generic, recursive and sealed, in each other. */
@DistributedServer
interface Forms {

  /** Generic. */
  record Pair<A, B>(@Nullable A first, @Nullable B second) {}

  /** With an id, so that a list of them is stored item by item. */
  record Entry<V>(long id, V value) {}

  /** Recursive by itself and by an optional. */
  record Chain(String name, @Nullable Chain next, Optional<Chain> other) {}

  /** Recursive by collections. */
  record Tree<T>(T value, List<Tree<T>> children, Map<String, Tree<T>> named) {}

  /** Recursive by each other. */
  record Folder(String name, Set<File> files) {}

  record File(String name, List<Folder> links) {}

  /** Sealed, over records, an enum and another sealed interface. */
  sealed interface Figure {

    record Point() implements Figure {}

    record Circle(double radius) implements Figure {}

    /** The constants of which have classes of their own. */
    enum Well implements Figure {
      UNIT {
        @Override
        int size() {
          return 1;
        }
      },
      DOUBLE {
        @Override
        int size() {
          return 2;
        }
      };

      abstract int size();
    }

    sealed interface Compound extends Figure {}

    record Group(List<Figure> members) implements Compound {}

    record Moved(Figure figure, long x, long y) implements Compound {}
  }

  /** Generic and sealed. */
  sealed interface Result<T, E> {
    record Ok<T, E>(T value) implements Result<T, E> {}

    record Err<F>(F error) implements Result<Integer, F> {}

    record Many<T, E>(List<Result<T, E>> all) implements Result<List<T>, E> {}
  }

  /** Two variants of one simple name. */
  sealed interface Event {}

  record Added(String what) implements Event {}

  interface Inner {
    record Added(long number) implements Event {}
  }

  record State(
      Pair<String, List<Long>> names,
      Pair<Pair<Figure, DayOfWeek>, Optional<Chain>> nested,
      List<Entry<Figure>> figures,
      Map<String, Entry<List<String>>> entries,
      @Nullable Chain chain,
      Tree<Figure> tree,
      Folder root,
      Result<Integer, String> result,
      Result<List<Integer>, Figure> results,
      List<Event> events,
      Map<Figure, Figure> opposites,
      Map<String, State> versions) {}

  record Replace(State state) implements Cast {}

  record Find(Pair<Figure, Tree<Long>> like) implements Call<Result<List<Integer>, Figure>> {}

  State init();

  State handleCast(Replace message, State state);

  default Reply<Result<List<Integer>, Figure>, State> handleCall(Find message, State state) {
    return reply(state.results(), state);
  }
}
