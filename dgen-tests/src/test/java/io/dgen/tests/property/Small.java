package io.dgen.tests.property;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import io.dgen.tests.property.Sample.Named;
import io.dgen.tests.property.Sample.Part;
import io.dgen.tests.property.Sample.Point;
import io.dgen.tests.property.Sample.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state of every encoding that is small enough to be damaged a hundred thousand times. */
@DistributedServer
interface Small {

  record State(
      long count,
      List<Named> named,
      Map<Long, List<Part>> byNumber,
      Map<String, @Nullable Point> byName,
      Optional<Values> values,
      @Term Map<String, Long> folded) {}

  record Replace(State state) implements Cast {}

  State init();

  State handleCast(Replace message, State state);
}
