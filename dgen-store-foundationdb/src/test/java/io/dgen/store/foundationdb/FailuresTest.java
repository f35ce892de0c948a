package io.dgen.store.foundationdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.FDBException;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each code, and whether it may be tried again, as in fdb_error_predicate of release 7.3. */
final class FailuresTest {

  @ParameterizedTest
  @CsvSource({
    "1007, TRANSACTION_TOO_OLD, true, false",
    "1009, FUTURE_VERSION, true, false",
    "1020, NOT_COMMITTED, true, false",
    "1021, COMMIT_UNKNOWN_RESULT, true, true",
    "1025, TRANSACTION_CANCELLED, false, false",
    "1031, TRANSACTION_TIMED_OUT, false, false",
    "1032, TOO_MANY_WATCHES, false, false",
    "1036, ACCESSED_UNREADABLE, false, false",
    "1037, PROCESS_BEHIND, true, false",
    "1038, DATABASE_LOCKED, true, false",
    "1039, CLUSTER_VERSION_CHANGED, true, true",
    "1042, COMMIT_PROXY_MEMORY_LIMIT_EXCEEDED, true, false",
    "1051, BATCH_TRANSACTION_THROTTLED, true, false",
    "1078, GRV_PROXY_MEMORY_LIMIT_EXCEEDED, true, false",
    "1101, TRANSACTION_CANCELLED, false, false",
    "1213, TAG_THROTTLED, true, false",
    "1223, PROXY_TAG_THROTTLED, true, false",
    "2000, INVALID_VERSIONSTAMP_OFFSET, false, false",
    "2004, KEY_OUTSIDE_LEGAL_RANGE, false, false",
    "2005, INVERTED_RANGE, false, false",
    "2017, USED_DURING_COMMIT, false, false",
    "2101, TRANSACTION_TOO_LARGE, false, false",
    "2102, KEY_TOO_LARGE, false, false",
    "2103, VALUE_TOO_LARGE, false, false"
  })
  void translatesCodes(int code, StoreError error, boolean retryable, boolean maybeCommitted) {
    StoreException failure = translate(code, false);
    assertThat(failure.error()).contains(error);
    assertThat(failure.isRetryable()).isEqualTo(retryable);
    assertThat(failure.isMaybeCommitted()).isEqualTo(maybeCommitted);
  }

  /** FoundationDB's developer guide, "non-retryable errors": the commit may be on its way. */
  @ParameterizedTest
  @CsvSource({"1025", "1031", "1101"})
  void aCommitThatWasGivenUpMayHaveHappened(int code) {
    assertThat(translate(code, true).isMaybeCommitted()).isTrue();
    assertThat(translate(code, true).isRetryable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1007", "1020", "1036", "1037", "1038", "1051", "1213", "2101", "2103"})
  void aCommitThatWasRefusedHasNotHappened(int code) {
    assertThat(translate(code, true).isMaybeCommitted()).isFalse();
  }

  @Test
  void keepsCodesWithoutAName() {
    StoreException failure = translate(2021, true);
    assertThat(failure.code()).isEqualTo(2021);
    assertThat(failure.error()).isEmpty();
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure.isMaybeCommitted()).isFalse();
    assertThat(failure).hasMessageContaining("what FoundationDB says");
  }

  @Test
  void whatWasClosedMeanwhileIsCancelled() {
    for (RuntimeException error :
        new RuntimeException[] {
          new IllegalStateException("Cannot access closed object"), new CancellationException()
        }) {
      assertThat(Failures.translate(new CompletionException(error), false))
          .isInstanceOfSatisfying(
              StoreException.class,
              failure -> assertThat(failure.error()).contains(StoreError.TRANSACTION_CANCELLED));
    }
  }

  @Test
  void passesOnWhatIsNotTheStores() {
    IllegalArgumentException mine = new IllegalArgumentException("mine");
    assertThat(Failures.translate(new CompletionException(mine), false)).isSameAs(mine);
  }

  @Test
  void givesTheClientItsCodesBack() {
    assertThat(Failures.toNative(new StoreException(StoreError.TAG_THROTTLED)).getCode())
        .isEqualTo(1213);
  }

  @Test
  void retriesAChangedClusterVersionAsAnUnknownResult() {
    assertThat(Failures.toNative(new StoreException(StoreError.CLUSTER_VERSION_CHANGED)).getCode())
        .isEqualTo(1021);
  }

  private static StoreException translate(int code, boolean committing) {
    return Failures.translate(new FDBException("what FoundationDB says", code), committing);
  }
}
