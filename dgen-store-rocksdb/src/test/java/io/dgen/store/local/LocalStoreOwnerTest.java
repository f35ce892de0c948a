package io.dgen.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dgen.error.DgenException;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process has a directory, whatever is done to the files in it. */
final class LocalStoreOwnerTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);

  @TempDir private Path temporary;

  @Test
  void anOwnerThatReadsAllItsFilesKeepsTheDirectory() throws Exception {
    Path data = temporary.resolve("data");
    try (Store store = LocalStore.open(data)) {
      set(store, 1);
      for (Path file : StoreFiles.files(data)) {
        // On POSIX systems this drops every lock that the process has on the file.
        Files.readAllBytes(data.resolve(file));
      }
      assertThat(openedByAnother(data))
          .contains("in use by another process, pid " + ProcessHandle.current().pid());
      set(store, 2);
    }
    try (Store store = LocalStore.open(data)) {
      assertThat(get(store)).isEqualTo((byte) 2);
    }
  }

  @Test
  void aDroppedLockIsTakenAgain() throws Exception {
    Path data = temporary.resolve("data");
    try (Store store = LocalStore.open(data)) {
      Path lock = data.resolve("dgen-store.lock");
      Files.readAllBytes(lock);
      Awaitility.await()
          .until(
              () -> {
                try (ChildProcess child = ChildProcess.start("lock", lock, temporary)) {
                  return "locked".equals(child.readLine());
                }
              });
      set(store, 1);
    }
  }

  @Test
  void aCopyOfAnOpenStoreIsAStoreOfItsOwn() throws Exception {
    Path data = temporary.resolve("data");
    Path copy = temporary.resolve("copy");
    try (Store store = LocalStore.open(data)) {
      set(store, 1);
      StoreFiles.copy(data, copy);
      try (Store copied = LocalStore.open(copy)) {
        assertThat(get(copied)).isEqualTo((byte) 1);
        set(copied, 2);
      }
      assertThat(get(store)).isEqualTo((byte) 1);
      set(store, 3);
    }
  }

  @Test
  void aClosedStoreMayBeCopiedAndMoved() throws Exception {
    Path data = temporary.resolve("data");
    Path copy = temporary.resolve("copy");
    Path moved = temporary.resolve("moved");
    try (Store store = LocalStore.open(data)) {
      set(store, 1);
    }
    StoreFiles.copy(data, copy);
    Files.move(data, moved);
    for (Path each : new Path[] {copy, moved}) {
      try (Store store = LocalStore.open(each)) {
        assertThat(get(store)).isEqualTo((byte) 1);
      }
    }
  }

  @Test
  void twoPathsToOneDirectoryAreOneStore() throws Exception {
    Path data = temporary.resolve("data");
    Path link = temporary.resolve("link");
    try (Store store = LocalStore.open(data)) {
      Files.createSymbolicLink(link, data);
      assertThatThrownBy(() -> LocalStore.open(link)).hasMessageContaining("this process");
      assertThat(openedByAnother(link)).contains("in use by another process");
      set(store, 1);
    }
  }

  @Test
  void aSecondClassLoaderIsRefusedLikeASecondProcess() throws Exception {
    Path data = temporary.resolve("data");
    try (Store store = LocalStore.open(data);
        URLClassLoader loader = otherLoader()) {
      assertThat(openedBy(loader, data))
          .contains("in use by this process, pid " + ProcessHandle.current().pid());
      assertThat(openedByAnother(data)).contains("in use by another process");
      set(store, 1);
    }
    try (URLClassLoader loader = otherLoader()) {
      assertThat(openedBy(loader, data)).as("when the first one has closed it").isEqualTo("open");
    }
  }

  @Test
  void aStoreWhoseDirectoryIsDeletedAcknowledgesNothing() throws Exception {
    Path data = temporary.resolve("data");
    Store store = LocalStore.open(data);
    set(store, 1);
    StoreFiles.delete(data);
    assertIsLost(store, data);
  }

  @Test
  void aStoreWhoseDirectoryIsReplacedAcknowledgesNothing() throws Exception {
    Path data = temporary.resolve("data");
    Store store = LocalStore.open(data);
    set(store, 1);
    Files.move(data, temporary.resolve("moved"));
    try (ChildProcess second = ChildProcess.start("hold", data, temporary)) {
      assertThat(second.readLine()).isEqualTo("open");
      assertIsLost(store, data);
    }
  }

  @Test
  void anIdleStoreNoticesThatItsDirectoryIsGone() throws Exception {
    Path data = temporary.resolve("data");
    Store store = LocalStore.open(data);
    set(store, 1);
    StoreFiles.delete(data);
    Awaitility.await().until(() -> catchThrowable(() -> get(store)) != null);
    assertIsLost(store, data);
  }

  @Test
  void aStoreThatWasTakenOverAcknowledgesNothingAndLeavesTheFilesAlone() throws Exception {
    Path data = temporary.resolve("data");
    Store store = LocalStore.open(data);
    set(store, 1);
    // As another process does that takes this one for dead.
    Files.createFile(data.resolve("dgen-store.owner.2"));
    Files.delete(data.resolve("dgen-store.owner.1"));
    assertThat(catchThrowable(() -> set(store, 2))).hasMessageContaining("is lost");
    var files = contents(StoreFiles.fingerprint(data));
    assertThatThrownBy(store::close).hasMessageContaining("another process has taken it");
    assertThat(contents(StoreFiles.fingerprint(data))).isEqualTo(files);
  }

  @Test
  void anInterruptedThreadOpensBacksUpAndClosesAsAnyOther() throws Exception {
    Path data = temporary.resolve("data");
    Path backup = temporary.resolve("backup");
    Thread.currentThread().interrupt();
    LocalStore store = LocalStore.open(data);
    boolean afterOpen = Thread.interrupted();
    set(store, 1);
    Thread.currentThread().interrupt();
    store.backup(backup);
    store.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(afterOpen).isTrue();
    assertThat(openedByAnother(data)).isEqualTo("open");
    assertThat(openedByAnother(backup)).isEqualTo("open");
  }

  @Test
  void symbolicLinksInPlaceOfItsOwnFilesAreNotFollowed() throws Exception {
    Path data = temporary.resolve("data");
    LocalStore.open(data).close();
    Path other = Files.writeString(temporary.resolve("other"), "of somebody else");
    for (String name :
        new String[] {"dgen-store.lock", "dgen-store.properties", "dgen-store.owner.1"}) {
      Path file = data.resolve(name);
      Path aside = temporary.resolve("aside");
      Files.move(file, aside);
      Files.createSymbolicLink(file, other);
      assertThatThrownBy(() -> LocalStore.open(data))
          .as(name)
          .isInstanceOf(DgenException.class)
          .hasMessageContaining(name)
          .hasMessageContaining("symbolic link");
      assertThat(other).hasContent("of somebody else");
      Files.delete(file);
      Files.move(aside, file);
    }
    LocalStore.open(data).close();
  }

  @Test
  void filesAreForTheirOwnerAlone() throws Exception {
    Path data = temporary.resolve("data");
    try (Store store = LocalStore.open(data)) {
      set(store, 1);
      for (Path directory : new Path[] {data, data.resolve("rocksdb")}) {
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3).allMatch(this::isOwners);
      }
      try (Stream<Path> files = Files.list(data)) {
        for (Path file : files.toList()) {
          assertThat(Files.getPosixFilePermissions(file))
              .as("%s", file)
              .allMatch(right -> isOwners(right) || Files.isDirectory(file));
        }
      }
    }
  }

  /** Without the times, and without what RocksDB tells people. */
  private static SortedMap<String, String> contents(SortedMap<String, String> files) {
    files.keySet().removeIf(name -> name.equals("rocksdb/LOG"));
    files.replaceAll((name, print) -> print.substring(print.indexOf(' ')));
    return files;
  }

  private boolean isOwners(Enum<?> permission) {
    return permission.name().startsWith("OWNER");
  }

  private static void assertIsLost(Store store, Path data) {
    Throwable failure = catchThrowable(() -> set(store, 9));
    assertThat(failure)
        .isInstanceOfSatisfying(
            StoreException.class, error -> assertThat(error.error()).contains(StoreError.IO_ERROR))
        .hasMessageContaining(data.toString())
        .hasMessageContaining("is lost");
    assertThat(catchThrowable(() -> get(store))).as("what is read may be old").isNotNull();
    assertThatThrownBy(store::close).hasMessageContaining("is lost");
  }

  private static void set(Store store, int value) {
    store.run(
        transaction -> {
          transaction.set(KEY, new byte[] {(byte) value});
          return true;
        });
  }

  private static byte get(Store store) {
    byte[] value = store.read(transaction -> transaction.get(KEY).join());
    assertThat(value).isNotNull();
    return value[0];
  }

  private String openedByAnother(Path data) throws IOException {
    try (ChildProcess child = ChildProcess.start("hold", data, temporary)) {
      return String.valueOf(child.readLine());
    }
  }

  /** Opens and closes a store in another class loader; the error's message, or "open". */
  private static String openedBy(ClassLoader loader, Path data) throws Exception {
    @SuppressWarnings("unchecked") // It is the class below, from another loader.
    Callable<String> opener =
        (Callable<String>)
            loader.loadClass(Opener.class.getName()).getConstructor(Path.class).newInstance(data);
    return opener.call();
  }

  /** Opens a store and closes it. */
  public static final class Opener implements Callable<String> {

    private final Path data;

    public Opener(Path data) {
      this.data = data;
    }

    @Override
    public String call() {
      try {
        LocalStore.open(data).close();
        return "open";
      } catch (RuntimeException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  /** Loads everything again, as a web server does for each application. */
  private static URLClassLoader otherLoader() throws MalformedURLException {
    String[] entries =
        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1);
    URL[] urls = new URL[entries.length];
    for (int i = 0; i < entries.length; i++) {
      urls[i] = Path.of(entries[i]).toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }
}
