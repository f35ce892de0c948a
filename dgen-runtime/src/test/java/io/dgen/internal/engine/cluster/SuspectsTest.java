package io.dgen.internal.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.HostedIds;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspectsTest {

  private static final NodeId SELF = new NodeId(new UUID(0, 1));
  private static final NodeId OTHER = new NodeId(new UUID(0, 2));
  private static final Address ENTITY = new Address("Counter", "a");
  private static final Map<String, HostedIds> HOSTED = Map.of("Counter", HostedIds.all());
  private static final Placement BOTH =
      Placement.of(List.of(new Member(SELF, HOSTED), new Member(OTHER, HOSTED)));

  private final Suspects suspects = new Suspects(Optional.empty());

  private void look(Suspects by, long beat, boolean alive, long version) {
    by.look(
        Map.of(OTHER, new Suspects.Row(beat, HOSTED)),
        alive ? Set.of(SELF, OTHER) : Set.of(SELF),
        BOTH,
        version);
  }

  private static byte[] sentAt(long version) {
    return ByteBuffer.allocate(KeyLayout.STAMP_LENGTH).putLong(version).array();
  }

  private boolean isSuspect(Address entity, long version) {
    return suspects.of(entity, sentAt(version)) != null;
  }

  @Test
  void whoIsThereAtTheFirstLookIsSuspectedUntilItBeats() {
    look(suspects, 10, true, 100);
    assertThat(isSuspect(ENTITY, 100)).isTrue();
    assertThat(isSuspect(ENTITY, 101)).as("sent later").isFalse();
    assertThat(isSuspect(new Address("Other", "a"), 100)).as("not hosted there").isFalse();
    look(suspects, 10, true, 200);
    assertThat(isSuspect(ENTITY, 100)).isTrue();
    look(suspects, 11, true, 300);
    assertThat(isSuspect(ENTITY, 100)).isFalse();
  }

  @Test
  void whoNeverBeatIsSuspectedOfWhatCameUntilItIsDead() {
    look(suspects, 10, true, 100);
    look(suspects, 10, false, 200);
    assertThat(isSuspect(ENTITY, 200)).isTrue();
    look(suspects, 10, false, 300);
    assertThat(isSuspect(ENTITY, 300)).isFalse();
  }

  @Test
  void whoDiesIsSuspectedOfWhatItOwned() {
    suspects.look(Map.of(), Set.of(SELF), Placement.NONE, 50);
    look(suspects, 60, true, 100);
    assertThat(isSuspect(ENTITY, 1)).as("it has just joined").isFalse();
    look(suspects, 60, false, 200);
    for (String id : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      assertThat(isSuspect(new Address("Counter", id), 200))
          .as(id)
          .isEqualTo(OTHER.equals(BOTH.owner("Counter", id)));
    }
    look(suspects, 61, true, 300);
    assertThat(suspects.of(ENTITY, sentAt(1))).as("it has come back").isNull();
  }

  @Test
  void whoLeavesIsNotSuspected() {
    look(suspects, 10, true, 100);
    suspects.look(Map.of(), Set.of(SELF), BOTH, 200);
    assertThat(isSuspect(ENTITY, 1)).isFalse();
  }

  @Test
  void whatWasRunningIsKnownFromTheFile(@TempDir Path directory) {
    Suspects informed = new Suspects(Optional.of(directory));
    FlightRecorder recorder = FlightRecorder.create(Optional.of(directory), OTHER);
    FlightRecorder.Recording over = recorder.begin(ENTITY);
    over.running(sentAt(3));
    FlightRecorder.Recording underWay = recorder.begin(ENTITY);
    underWay.running(sentAt(1));
    underWay.running(sentAt(2));
    over.close();
    look(informed, 10, true, 100);
    assertThat(informed.of(ENTITY, sentAt(2))).isNotNull();
    assertThat(informed.of(ENTITY, sentAt(1))).isNull();
    assertThat(informed.of(ENTITY, sentAt(3))).isNull();
    assertThat(informed.of(new Address("Counter", "b"), sentAt(2))).isNull();
  }

  @Test
  void aFileWithoutRoomForAllDoesNotTell(@TempDir Path directory) {
    FlightRecorder recorder = FlightRecorder.create(Optional.of(directory), OTHER);
    for (int i = 0; i < 1024; i++) {
      recorder.begin(ENTITY).running(sentAt(i));
    }
    assertThat(FlightRecorder.read(Optional.of(directory), OTHER).orElseThrow()).hasSize(1024);
    recorder.begin(ENTITY).running(sentAt(1024));
    assertThat(FlightRecorder.read(Optional.of(directory), OTHER)).isEmpty();
  }

  @Test
  void theFilesOfNodesThatAreGoneAreRemoved(@TempDir Path directory) {
    Optional<Path> folder = Optional.of(directory);
    FlightRecorder mine = FlightRecorder.create(folder, SELF);
    FlightRecorder.create(folder, OTHER);
    FlightRecorder.sweep(FlightRecorder.files(folder), Set.of(SELF));
    assertThat(FlightRecorder.read(folder, OTHER)).isEmpty();
    assertThat(FlightRecorder.read(folder, SELF)).isPresent();
    mine.close();
    assertThat(directory).isEmptyDirectory();
  }
}
