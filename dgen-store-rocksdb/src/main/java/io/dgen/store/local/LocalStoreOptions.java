package io.dgen.store.local;

import java.nio.file.Path;
import java.util.Optional;

/** Options of a {@link LocalStore}. Immutable; made by a {@link Builder}. */
public final class LocalStoreOptions {

  /** Every option as it is unless set. */
  public static final LocalStoreOptions DEFAULT = builder().build();

  private final Optional<Path> nativeDirectory;

  private LocalStoreOptions(Builder builder) {
    nativeDirectory = builder.nativeDirectory;
  }

  /**
   * Begins with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return see {@link Builder#nativeDirectory}; empty for the default} */
  public Optional<Path> nativeDirectory() {
    return nativeDirectory;
  }

  /** Sets options of a {@link LocalStore}. Not thread-safe. */
  public static final class Builder {

    private Optional<Path> nativeDirectory = Optional.empty();

    private Builder() {}

    /**
     * Sets the directory that keeps the native library (17 MB on Linux for x86-64), unpacked once
     * and verified at each start. By default it is in the store's directory. Another one is needed
     * where that is on a file system that is mounted {@code noexec}; several stores may share it.
     *
     * @param directory the directory, which is created if it does not exist; this process must be
     *     able to write to it
     * @return this builder
     */
    public Builder nativeDirectory(Path directory) {
      nativeDirectory = Optional.of(directory);
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the options
     */
    public LocalStoreOptions build() {
      return new LocalStoreOptions(this);
    }
  }
}
