package io.dgen.store.foundationdb;

import com.apple.foundationdb.FDB;
import com.apple.foundationdb.FDBException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import org.jspecify.annotations.Nullable;

/**
 * FoundationDB's client in this JVM: its native library, its API version and its network thread,
 * each of which FoundationDB allows once per process, for the life of the process. The network is
 * started with the first store and stopped by fdb-java when the JVM exits.
 *
 * <p>fdb-java, whose own state is static, does not tell what was started. So this class holds the
 * only static state in dgen.
 */
final class Network {

  /** The version of the API; the C library must support it, so it must be of 7.3 or later. */
  static final int API_VERSION = 730;

  /** The settings that the network runs with; null until it is started here. */
  private static @Nullable NetworkSettings running;

  private Network() {}

  /**
   * Starts the network, unless it is running.
   *
   * @throws DgenException if there is no native library, if it or the JVM is bound to another API
   *     version, if a file of the settings is missing, or if the network runs with other settings
   */
  static synchronized FDB start(NetworkSettings settings) {
    FDB fdb = selectVersion();
    if (running == null) {
      settings.checkFiles();
      try {
        settings.applyTo(fdb.options());
        fdb.startNetwork();
      } catch (FDBException e) {
        throw new DgenException(
            "FoundationDB refused the network settings "
                + settings
                + ": "
                + e.getMessage()
                + " ("
                + e.getCode()
                + "); correct TLS files, knobs and directories in FoundationDbOptions",
            e,
            Effect.NONE);
      } catch (IllegalStateException e) {
        throw new DgenException(
            "FoundationDB's network was stopped in this JVM, by FDB.stopNetwork or because the JVM"
                + " exits, and cannot be started again; open the store in a new JVM",
            e,
            Effect.NONE);
      }
      running = settings;
    } else if (!running.equals(settings)) {
      throw new DgenException(
          "FoundationDB's network can run only once in a JVM, and it is running with "
              + running
              + "; this store needs "
              + settings
              + ": give all stores of the JVM the same knobs, TLS and directories",
          null,
          Effect.NONE);
    }
    return fdb;
  }

  private static FDB selectVersion() {
    try {
      return FDB.selectAPIVersion(API_VERSION);
    } catch (LinkageError e) {
      throw new DgenException(missingLibrary(e), e, Effect.NONE);
    } catch (IllegalArgumentException e) {
      throw new DgenException(
          "another part of this JVM uses FoundationDB with API version "
              + FDB.instance().getAPIVersion()
              + ", but a JVM can use only one: let it call FDB.selectAPIVersion("
              + API_VERSION
              + "), or run it in a JVM of its own",
          e,
          Effect.NONE);
    } catch (FDBException e) {
      throw new DgenException(
          "FoundationDB's C library does not support API version "
              + API_VERSION
              + ": "
              + e.getMessage()
              + " ("
              + e.getCode()
              + "); install the package foundationdb-clients of version 7.3 or later",
          e,
          Effect.NONE);
    }
  }

  /**
   * Returns what to install, in one message, whatever error the JVM gave: that varies from try to
   * try.
   */
  private static String missingLibrary(LinkageError error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "FoundationDB's C library cannot be loaded: "
        + root.getMessage()
        + ". Install the package foundationdb-clients, version 7.3 (.deb, .rpm and .pkg:"
        + " https://github.com/apple/foundationdb/releases), or start the JVM with"
        + " -DFDB_LIBRARY_PATH_FDB_C=/path/to/libfdb_c.so (libfdb_c.dylib on macOS), or with the"
        + " library's directory in LD_LIBRARY_PATH; -Djava.library.path has no effect on it";
  }
}
