package io.dgen.store.local;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link LocalStore} on disk is opened. Immutable: each {@code with} method returns new
 * options, and {@link #DEFAULT} is where to begin.
 */
public final class LocalStoreOptions {

  /** What every option is when nobody says otherwise: see each of them. */
  public static final LocalStoreOptions DEFAULT = new LocalStoreOptions(null);

  private final @Nullable Path nativeDirectory;

  private LocalStoreOptions(@Nullable Path nativeDirectory) {
    this.nativeDirectory = nativeDirectory;
  }

  /**
   * The directory that keeps the native library (20 MB), unpacked once and verified at each start.
   * By default it is in the store's directory. Another one is needed where that is on a file system
   * that is mounted {@code noexec}; several stores may share it.
   *
   * @return the directory; empty for a place in the store's directory
   */
  public Optional<Path> nativeDirectory() {
    return Optional.ofNullable(nativeDirectory);
  }

  /**
   * Returns a copy of these options with another {@link #nativeDirectory}.
   *
   * @param directory the directory, which is made if it is not there; this process must be able to
   *     write in it
   * @return the new options
   */
  public LocalStoreOptions withNativeDirectory(Path directory) {
    return new LocalStoreOptions(directory);
  }
}
