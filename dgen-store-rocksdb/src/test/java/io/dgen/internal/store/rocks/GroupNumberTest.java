package io.dgen.internal.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** What the groups of two column families tell of each other. */
final class GroupNumberTest {

  /** As it is in a store of format 3. */
  private static final byte[] COUNT_KEY = "\u00FFgroup-count".getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

  @TempDir private Path directory;

  @Test
  void aGroupThatOneFamilyHasAloneIsALoss() throws Exception {
    NativeLibrary.load(directory.resolve("native"));
    for (Family ahead : Family.values()) {
      Path files = directory.resolve(ahead.name());
      try (Families families = Families.open(files, true)) {
        assertThat(GroupNumber.read(families)).isEqualTo(new GroupNumber(0, 0, 0));
        for (int group = 1; group <= 3; group++) {
          try (WriteBatch batch = new WriteBatch()) {
            GroupNumber.put(batch, families, 10L * group, group);
            write(families, batch);
          }
        }
        assertThat(GroupNumber.read(families)).isEqualTo(new GroupNumber(30, 3, 3));
        try (WriteBatch batch = new WriteBatch()) {
          batch.merge(families.handle(ahead), COUNT_KEY, ONE);
          write(families, batch);
        }
        assertThat(GroupNumber.read(families).isContiguous()).as("ahead: %s", ahead).isFalse();
      }
      assertThat(ReadOnly.read(files, GroupNumber::read).isContiguous()).isFalse();
    }
    assertThat(List.of(Family.values())).hasSize(2);
  }

  private static void write(Families families, WriteBatch batch) throws Exception {
    try (WriteOptions options = new WriteOptions()) {
      families.database().write(options, batch);
    }
  }
}
