package io.dgen.store.foundationdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.apple.foundationdb.FDBException;
import io.dgen.DgenException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A machine without FoundationDB's C library. Where the library is, there is nothing to test. */
final class MissingLibraryTest {

  @Test
  void saysWhatToInstallEachTime() {
    // The second time the JVM fails with another error, as the class is broken by then.
    for (int attempt = 0; attempt < 3; attempt++) {
      assumeTrue(isMissing(), "FoundationDB's C library is installed here");
      assertThatThrownBy(FoundationDbStore::open)
          .isExactlyInstanceOf(DgenException.class)
          .hasMessageContaining("libfdb_c")
          .hasMessageContaining("foundationdb-clients")
          .hasMessageContaining("FDB_LIBRARY_PATH_FDB_C")
          .hasMessageContaining("LD_LIBRARY_PATH")
          .hasCauseInstanceOf(LinkageError.class);
    }
  }

  /** Were the library touched here, this would fail with a {@link LinkageError}. */
  @Test
  void optionsAndErrorsNeedNoLibrary() {
    assertThat(FoundationDbOptions.builder().directory("a", "b").tags("t").build().network())
        .isEqualTo(FoundationDbOptions.DEFAULT.network());
    assertThat(Failures.translate(new CompletionException(new FDBException("", 1020)), true))
        .hasMessageContaining("1020");
  }

  private static boolean isMissing() {
    try {
      FoundationDbStore.open(
              FoundationDbOptions.builder()
                  .clusterFile(Path.of("no such file"))
                  .connectTimeout(Duration.ofMillis(1))
                  .build())
          .close();
      return false;
    } catch (DgenException e) {
      return e.getCause() instanceof LinkageError;
    }
  }
}
