package io.dgen.internal.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.error.DgenException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a directory, as far as its files and the system tell. */
final class DirectoryOwnershipTest {

  private static final String INCARNATION = "0123456789abcdef0123456789abcdef";

  @TempDir private Path directory;

  @Test
  void aProcessIsToldFromOthersWithItsNumber() throws Exception {
    ProcessIdentity self = ProcessIdentity.current();
    assertThat(self.seenFrom(self)).isEqualTo(ProcessIdentity.Life.THIS);
    assertThat(new ProcessIdentity(self.pid(), self.machine(), "1").seenFrom(self))
        .as("the number was another's before")
        .isIn(ProcessIdentity.Life.DEAD, ProcessIdentity.Life.UNKNOWN);
    assertThat(new ProcessIdentity(self.pid(), "other/machine", self.start()).seenFrom(self))
        .isEqualTo(ProcessIdentity.Life.UNKNOWN);
  }

  @Test
  void onlyOneCanTakeANumber() throws Exception {
    DirectoryOwnership first =
        DirectoryOwnership.claim(directory, 1, record(ProcessIdentity.current()), 0, 0);
    assertThatThrownBy(
            () -> DirectoryOwnership.claim(directory, 1, record(ProcessIdentity.current()), 0, 0))
        .isInstanceOf(FileAlreadyExistsException.class);
    first.release();
    assertThatThrownBy(
            () -> DirectoryOwnership.claim(directory, 1, record(ProcessIdentity.current()), 0, 0))
        .as("also when it was given up")
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void whatWasNotedLastIsRead() throws Exception {
    DirectoryOwnership ownership =
        DirectoryOwnership.claim(directory, 1, record(ProcessIdentity.current()), 3, 30);
    ownership.wrote(4, 40);
    ownership.beat();
    ownership.wrote(5, 50);
    OwnerFile file = OwnerFile.in(directory).getFirst();
    assertThat(file.progress()).isEqualTo(new SyncProgress(3, 5, 50, false));
    assertThat(file.record()).isEqualTo(record(ProcessIdentity.current()));
    byte[] bytes = Files.readAllBytes(file.path());
    bytes[OwnerFile.SLOT_BYTES + 9] ^= 1;
    Files.write(file.path(), bytes);
    assertThat(OwnerFile.in(directory).getFirst().progress())
        .as("a torn note leaves the one before it")
        .isEqualTo(new SyncProgress(2, 4, 40, false));
  }

  @Test
  void anOwnerOfAnotherMachineThatLivesIsSeen() throws Exception {
    makeStore();
    ProcessIdentity elsewhere = new ProcessIdentity(1, "another-boot/pid:[1]", "17");
    DirectoryOwnership ownership = DirectoryOwnership.claim(directory, 2, record(elsewhere), 0, 0);
    Heartbeat heartbeat = Heartbeat.start("heartbeat", Heartbeat.OF_OWNER, ownership::beat);
    assertThatThrownBy(this::open)
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("in use by another process, pid 1 since 2026");
    assertThat(heartbeat.stop()).isTrue();
    ownership.check();
  }

  @Test
  @Tag("long")
  void anOwnerOfAnotherMachineThatDoesNotLiveIsTakenOver() throws Exception {
    makeStore();
    ProcessIdentity elsewhere = new ProcessIdentity(1, "another-boot/pid:[1]", "17");
    DirectoryOwnership ownership = DirectoryOwnership.claim(directory, 2, record(elsewhere), 1, 0);
    DirectoryStorage storage = open();
    assertThatThrownBy(() -> ownership.wrote(2, 0)).hasMessageContaining("is lost");
    assertThat(OwnerFile.highest(OwnerFile.in(directory))).isEqualTo(3);
    storage.abandon();
  }

  @Test
  @Tag("long")
  void anOwnerThatDiedBeforeItSaidItsNameIsTakenOver() throws Exception {
    makeStore();
    Files.createFile(directory.resolve("dgen-store.owner.2"));
    open().abandon();
    assertThat(OwnerFile.highest(OwnerFile.in(directory))).isEqualTo(3);
  }

  private void makeStore() {
    open().close(1);
  }

  private DirectoryStorage open() {
    return DirectoryStorage.open(directory, null, InstantSource.system());
  }

  private OwnerRecord record(ProcessIdentity process) throws IOException {
    OwnerRecord self =
        OwnerRecord.ofThisProcess(directory, INCARNATION, Instant.parse("2026-01-02T03:04:05Z"));
    return new OwnerRecord(process, self.inode(), self.device(), INCARNATION, self.since());
  }
}
