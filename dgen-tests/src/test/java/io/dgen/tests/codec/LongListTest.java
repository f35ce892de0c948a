package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of 100,000 items in the store on disk. */
class LongListTest {

  private static final int ITEMS = 100_000;

  @Test
  void aLongListIsEditedAndReadBackCold(@TempDir Path data) {
    List<Shelf.Item> expected = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      expected.add(new Shelf.Item(i, 1));
    }
    try (Dgen dgen = Dgen.open(LocalStore.open(data))) {
      dgen.host(ShelfServer.of());
      ShelfClient shelf = ShelfClient.of(dgen, "long");
      for (int i = 0; i < 10; i++) {
        shelf.fill(ITEMS / 10);
      }
      shelf.move(90_000, 10);
      expected.add(10, expected.remove(90_000));
      shelf.set(50_000, -1);
      expected.set(50_000, new Shelf.Item(expected.get(50_000).id(), -1));
      assertThat(shelf.items()).isEqualTo(expected);
    }
    try (Dgen dgen = Dgen.open(LocalStore.open(data))) {
      dgen.host(ShelfServer.of());
      ShelfClient shelf = ShelfClient.of(dgen, "long");
      shelf.move(0, ITEMS - 1);
      expected.add(expected.removeFirst());
      assertThat(shelf.items()).isEqualTo(expected);
    }
  }
}
