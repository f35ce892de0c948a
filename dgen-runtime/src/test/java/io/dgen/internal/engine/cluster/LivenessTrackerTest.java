package io.dgen.internal.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.engine.cluster.LivenessTracker.Sighting;
import io.dgen.internal.engine.format.NodeId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is alive, when versions run, stand still and jump. Times are in milliseconds. */
final class LivenessTrackerTest {

  private static final NodeId NODE = new NodeId(new UUID(1, 2));
  private static final long LEASE = 5_000;
  private static final long START = 1_000_000;

  /** What a recovery of a FoundationDB cluster adds: a hundred seconds. */
  private static final long JUMP = 100_000;

  private final LivenessTracker sightings = new LivenessTracker(LEASE * 1_000_000);

  @Test
  void isAliveForTheLeaseBehindItsHeartbeat() {
    assertThat(isAlive(START, START + 1_000, 0)).isTrue();
    assertThat(isAlive(START, START + 3_000, 2_000)).isTrue();
    assertThat(isAlive(START, START + 5_000, 4_000)).isTrue();
    assertThat(isAlive(START, START + 5_100, 4_100)).isFalse();
  }

  @Test
  void anOldHeartbeatIsDeadAtOnce() {
    assertThat(isAlive(START, START + LEASE + 1, 0)).isFalse();
  }

  @Test
  void aJumpOfVersionsKillsNobody() {
    assertThat(isAlive(START, START + 1_000, 0)).isTrue();
    assertThat(isAlive(START, START + JUMP, 1_000)).isTrue();
    assertThat(isAlive(START + JUMP + 100, START + JUMP + 200, 2_000)).isTrue();
  }

  @Test
  void aHeartbeatFromBeforeTheJumpCountsIfItIsNew() {
    assertThat(isAlive(START, START + 100, 0)).isTrue();
    assertThat(isAlive(START + 1_200, START + JUMP, 1_250)).isTrue();
  }

  @Test
  void versionsThatStandStillKeepNobodyAlive() {
    assertThat(isAlive(START, START, 0)).isTrue();
    assertThat(isAlive(START, START, 2_500)).isTrue();
    assertThat(isAlive(START, START, 5_000)).isTrue();
    assertThat(isAlive(START, START, 5_001)).isFalse();
  }

  @Test
  void whoCouldNotLookGivesOthersTime() {
    assertThat(isAlive(START, START + 100, 0)).isTrue();
    assertThat(isAlive(START, START + 60_000, 60_000)).isTrue();
    assertThat(isAlive(START, START + 62_000, 62_000)).isTrue();
    assertThat(isAlive(START, START + 62_600, 62_600)).isFalse();
  }

  @Test
  void theDeadGetNoTime() {
    assertThat(isAlive(START, START + LEASE + 1, 0)).isFalse();
    assertThat(isAlive(START, START + 60_000, 60_000)).isFalse();
  }

  @Test
  void isStaleOnlyWhenItWasWatchedForSoLong() {
    assertThat(isStale(START, START + 10 * JUMP, 0)).isFalse();
    for (long now = 1_000; now <= LEASE; now += 1_000) {
      assertThat(isStale(START, START + 10 * JUMP, now)).isFalse();
    }
    assertThat(isStale(START, START + 10 * JUMP, LEASE + 1)).isTrue();
  }

  @Test
  void anOutageMakesNobodyStale() {
    assertThat(isStale(START, START, 0)).isFalse();
    assertThat(isStale(START, START + JUMP, 60_000)).isFalse();
    assertThat(isStale(START + JUMP + 100, START + JUMP + 200, 60_100)).isFalse();
    assertThat(isStale(START + JUMP + 100, START + 2 * JUMP, 120_000)).isFalse();
  }

  private boolean isAlive(long stamp, long version, long now) {
    return look(stamp, version, now).isAlive(now * 1_000_000);
  }

  private boolean isStale(long stamp, long version, long now) {
    return look(stamp, version, now).isStale(1, LEASE * 1_000_000);
  }

  private Sighting look(long stamp, long version, long now) {
    Map<NodeId, Sighting> seen =
        sightings.look(Map.of(NODE, stamp * 1000), version * 1000, now * 1_000_000);
    assertThat(seen).containsOnlyKeys(NODE);
    return seen.values().iterator().next();
  }
}
