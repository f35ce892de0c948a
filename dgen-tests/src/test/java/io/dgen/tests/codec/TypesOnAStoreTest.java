package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.store.local.LocalStore;
import io.dgen.tests.codec.Forms.Figure.Point;
import io.dgen.tests.codec.Forms.Pair;
import io.dgen.tests.codec.Forms.Tree;
import io.dgen.tests.codec.Kinds.Money;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type on its way through a queue, a state and a mailbox, and over a restart. */
class TypesOnAStoreTest {

  private static final Forms.Find FIND =
      new Forms.Find(new Pair<>(new Point(), new Tree<>(1L, List.of(), Map.of())));

  /** A busy machine takes its time. */
  private static final DgenOptions OPTIONS =
      DgenOptions.builder().closeStore(false).timeout(Duration.ofSeconds(60)).build();

  @TempDir private Path directory;

  /** Keeps what it is given. */
  private static final class FormsKeeper implements Forms {
    @Override
    public Forms.State init() {
      return FormsTest.state(null, List.of());
    }

    @Override
    public Forms.State handleCast(Forms.Replace message, Forms.State state) {
      return message.state();
    }
  }

  /** Answers with what is in its state. */
  private static final class KindsKeeper implements Kinds {
    @Override
    public Kinds.State init() {
      return KindsTest.NOTHING;
    }

    @Override
    public Kinds.State handleCast(Kinds.Replace message, Kinds.State state) {
      return message.state();
    }

    @Override
    public Money[] handleCall(Kinds.Find message, Kinds.State state) {
      return state.customs().purse().values().toArray(Money[]::new);
    }
  }

  @Test
  void comesBackFromAnotherNodeAndAfterARestart() {
    try (LocalStore store = LocalStore.open(directory);
        Dgen node = Dgen.open(store, OPTIONS);
        Dgen other = Dgen.open(store, OPTIONS)) {
      host(node);
      FormsClient.of(other, "a").replace(FormsTest.STATE);
      KindsClient.of(other, "a").replace(KindsTest.RICH);
      assertTypes(other);
    }
    try (LocalStore store = LocalStore.open(directory);
        Dgen node = Dgen.open(store, OPTIONS)) {
      host(node);
      assertTypes(node);
    }
  }

  private static void host(Dgen node) {
    node.host(FormsServer.of(new FormsKeeper()));
    node.host(KindsServer.of(new KindsKeeper()));
  }

  private static void assertTypes(Dgen dgen) {
    assertThat(FormsClient.of(dgen, "a").find(FIND.like())).isEqualTo(FormsTest.STATE.results());
    assertThat(KindsClient.of(dgen, "a").find(LocalDate.EPOCH, URI.create("a:b"), "x", "y"))
        .isEqualTo(new Money[] {KindsTest.EURO});
  }
}
