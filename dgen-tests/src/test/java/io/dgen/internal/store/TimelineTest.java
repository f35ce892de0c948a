package io.dgen.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.overlay.KeyRange;
import io.dgen.internal.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions and the lives of snapshots, by the clock. */
final class TimelineTest {

  private final ManualTime time = new ManualTime();
  private final FakeDisk disk = new FakeDisk();

  @Test
  void aReadVersionNeverReachesAGroupThatIsUnderWay() {
    Timeline timeline = timeline(Long.MAX_VALUE);
    long group = timeline.startGroup();
    time.advance(Duration.ofSeconds(1));
    assertThat(timeline.begin().version()).isLessThan(group);
    timeline.publish(group, disk.snapshot());
    assertThat(timeline.begin().version()).isGreaterThanOrEqualTo(group);
  }

  @Test
  void aGroupGetsAVersionAboveEveryReadVersion() {
    Timeline timeline = timeline(Long.MAX_VALUE);
    long read = timeline.begin().version();
    assertThat(timeline.startGroup()).isGreaterThan(read);
    timeline.abandonGroup();
    time.advance(Duration.ofSeconds(1));
    read = timeline.begin().version();
    assertThat(timeline.startGroup()).isGreaterThan(read);
  }

  @Test
  void aReadVersionNeverPassesWhatIsDurable() {
    Timeline timeline = timeline(1_500);
    time.advance(Duration.ofSeconds(1));
    assertThat(timeline.belowCeiling()).isNegative();
    assertThat(timeline.begin().version()).isEqualTo(1_500);
    long group = timeline.startGroup();
    assertThat(group).isEqualTo(1_001_000);
    timeline.publish(group, disk.snapshot());
    assertThat(timeline.begin().version()).isEqualTo(group);
    assertThat(timeline.belowCeiling()).isEqualTo(Timeline.CEILING_VERSIONS);
  }

  @Test
  void aSnapshotIsClosedFiveSecondsAfterItWasReplacedEvenIfItIsStillUsed() {
    Timeline timeline = timeline(Long.MAX_VALUE);
    ReadPoint reader = timeline.begin();
    timeline.publish(timeline.startGroup(), disk.snapshot());
    time.advance(Duration.ofSeconds(5));
    timeline.sweep();
    assertThat(disk.openSnapshots).hasValue(2);
    time.advance(Duration.ofMillis(1));
    timeline.sweep();
    assertThat(disk.openSnapshots).hasValue(1);
    assertThat(reader.handle().pin()).isFalse();
    timeline.release(reader);
  }

  @Test
  void aSnapshotIsNeverClosedDuringARead() {
    Timeline timeline = timeline(Long.MAX_VALUE);
    ReadPoint reader = timeline.begin();
    assertThat(reader.handle().pin()).isTrue();
    timeline.publish(timeline.startGroup(), disk.snapshot());
    time.advance(Duration.ofSeconds(6));
    timeline.sweep();
    timeline.release(reader);
    assertThat(disk.openSnapshots).hasValue(2);
    reader.handle().unpin();
    assertThat(disk.openSnapshots).hasValue(1);
  }

  @Test
  void theVersionOfAGroupThatFailedDoesNotComeAgain() {
    Timeline timeline = timeline(Long.MAX_VALUE);
    time.advance(Duration.ofSeconds(1));
    long group = timeline.startGroup();
    timeline.abandonGroup();
    assertThat(timeline.close().lastVersion()).isGreaterThanOrEqualTo(group);
  }

  @Test
  void closingWaitsForAReadOfASnapshotThatNobodyMayReadAnyMore() {
    Timeline timeline = timeline(Long.MAX_VALUE);
    ReadPoint reader = timeline.begin();
    assertThat(reader.handle().pin()).isTrue();
    timeline.publish(timeline.startGroup(), disk.snapshot());
    time.advance(Duration.ofSeconds(6));
    timeline.sweep();
    Timeline.Remains remains = timeline.close();
    assertThat(remains.unread()).isNotDone();
    reader.handle().unpin();
    assertThat(remains.unread()).isCompleted();
    assertThat(disk.openSnapshots).hasValue(0);
  }

  @Test
  void theResolverForgetsWhatNobodyCanConflictWith() {
    Timeline timeline = timeline(Long.MAX_VALUE);
    Resolver resolver = new Resolver(timeline.oldestNeeded());
    ReadPoint reader = timeline.begin();
    for (byte i = 0; i < 10; i++) {
      long group = timeline.startGroup();
      resolver.record(List.of(KeyRange.point(new byte[] {i})), group);
      timeline.publish(group, disk.snapshot());
    }
    resolver.forgetUpTo(timeline.oldestNeeded());
    assertThat(resolver.size()).isEqualTo(10);
    timeline.release(reader);
    resolver.forgetUpTo(timeline.oldestNeeded());
    assertThat(resolver.size()).isZero();
  }

  private Timeline timeline(long ceiling) {
    return new Timeline(time, 1_000, ceiling, disk.snapshot());
  }
}
