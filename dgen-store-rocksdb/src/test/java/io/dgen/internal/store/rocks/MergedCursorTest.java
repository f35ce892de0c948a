package io.dgen.internal.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.internal.overlay.StorageCursor;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MergedCursorTest {

  private final List<String> closed = new ArrayList<>();

  /** A file may be damaged where a range begins: nobody has the cursor then who could close it. */
  @Test
  void closesBothIfOneCannotBeRead() {
    for (int broken = 0; broken < 2; broken++) {
      closed.clear();
      Cursor one = new Cursor("one", broken == 0);
      Cursor other = new Cursor("other", broken == 1);
      assertThatThrownBy(() -> new MergedCursor(one, other, false))
          .isInstanceOf(StoreException.class);
      assertThat(closed).containsExactlyInAnyOrder("one", "other");
    }
  }

  /** Is empty, or cannot be read. */
  private final class Cursor implements StorageCursor {

    private final String name;
    private final boolean broken;

    Cursor(String name, boolean broken) {
      this.name = name;
      this.broken = broken;
    }

    @Override
    public boolean isValid() {
      if (broken) {
        throw new StoreException(StoreError.IO_ERROR, name, null);
      }
      return false;
    }

    @Override
    public byte[] key() {
      throw new AssertionError(name);
    }

    @Override
    public byte[] value() {
      throw new AssertionError(name);
    }

    @Override
    public void next() {
      throw new AssertionError(name);
    }

    @Override
    public void skipTo(byte[] bound) {
      throw new AssertionError(name);
    }

    @Override
    public void close() {
      closed.add(name);
    }
  }
}
