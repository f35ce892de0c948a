package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Reply;
import io.dgen.examples.counter.Counter;
import io.dgen.examples.counter.Counter.Increment;
import io.dgen.examples.counter.Counter.State;
import io.dgen.examples.counter.Counter.Value;
import org.junit.jupiter.api.Test;

/** A test of docs/testing.md: callbacks are methods. */
class CounterCallbacksTest {
  private final Counter counter = new Counter() {};

  @Test
  void incrementAdds() {
    State state = counter.handleCast(new Increment(2), counter.init());

    assertThat(state).isEqualTo(new State(2));
  }

  @Test
  void valueChangesNothing() {
    Reply<Long, State> result = counter.handleCall(new Value(), new State(3));

    assertThat(result.reply()).isEqualTo(3);
    assertThat(result.state()).isEqualTo(new State(3));
  }
}
