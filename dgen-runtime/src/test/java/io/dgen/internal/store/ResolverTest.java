package io.dgen.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.overlay.KeyRange;
import io.dgen.internal.store.Resolver.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the resolver remembers, and what it says of what it has forgotten. */
final class ResolverTest {

  private static final List<KeyRange> A = List.of(KeyRange.point("a".getBytes(UTF_8)));
  private static final List<KeyRange> ALL =
      List.of(new KeyRange(new byte[] {}, new byte[] {(byte) 0xFF}));

  private final Resolver resolver = new Resolver(10);

  @Test
  void whatItHasForgottenIsTooOldAndNeverUnchanged() {
    resolver.record(A, 20);
    resolver.record(ALL, 30);
    resolver.forgetUpTo(30);
    assertThat(resolver.size()).isZero();
    for (long version = 0; version < 30; version++) {
      assertThat(resolver.judge(A, version)).as("since %s", version).isEqualTo(Verdict.FORGOTTEN);
    }
    assertThat(resolver.judge(A, 30)).isEqualTo(Verdict.UNCHANGED);
  }

  @Test
  void itForgetsInOneDirectionOnly() {
    resolver.forgetUpTo(30);
    resolver.forgetUpTo(20);
    assertThat(resolver.judge(A, 29)).isEqualTo(Verdict.FORGOTTEN);
  }

  @Test
  void aNewOneKnowsNothingOfTheTimeBeforeIt() {
    assertThat(resolver.judge(A, 9)).isEqualTo(Verdict.FORGOTTEN);
    assertThat(resolver.judge(A, 10)).isEqualTo(Verdict.UNCHANGED);
  }
}
