package io.dgen.examples.property;

import static io.dgen.examples.property.SampleStates.doubles;
import static io.dgen.examples.property.SampleStates.items;
import static io.dgen.examples.property.SampleStates.listOf;
import static io.dgen.examples.property.SampleStates.mapOf;
import static io.dgen.examples.property.SampleStates.nullable;
import static io.dgen.examples.property.SampleStates.parts;
import static io.dgen.examples.property.SampleStates.texts;

import io.dgen.examples.property.Sample.Figure;
import io.dgen.examples.property.Sample.More;
import io.dgen.examples.property.Sample.Pair;
import io.dgen.examples.property.Sample.Part;
import io.dgen.examples.property.Sample.Tree;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generic, recursive and sealed types at random. */
final class MoreValues {

  private static final int DEPTH = 3;

  private MoreValues() {}

  static Arbitrary<More> all() {
    return Combinators.combine(
            pairs(texts(), items(parts(), Part::id)),
            nullable(trees(DEPTH)),
            listOf(figures(DEPTH)),
            mapOf(texts(), pairs(figures(1), Arbitraries.longs())))
        .as(More::new);
  }

  private static <A, B> Arbitrary<Pair<A, B>> pairs(Arbitrary<A> first, Arbitrary<B> second) {
    return Combinators.combine(nullable(first), nullable(second)).as(Pair::new);
  }

  private static Arbitrary<Tree> trees(int depth) {
    Arbitrary<List<Tree>> children =
        depth == 0 ? Arbitraries.just(List.of()) : trees(depth - 1).list().ofMaxSize(2);
    return Combinators.combine(texts(), children).as(Tree::new);
  }

  private static Arbitrary<Figure> figures(int depth) {
    Arbitrary<Figure> simple =
        Arbitraries.oneOf(Arbitraries.of(Figure.Fixed.class), doubles().map(Figure.Circle::new));
    return depth == 0
        ? simple
        : Arbitraries.oneOf(simple, figures(depth - 1).list().ofMaxSize(2).map(Figure.Group::new));
  }
}
