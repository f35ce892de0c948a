package io.dgen.store.foundationdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.apple.foundationdb.NetworkOptions;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings that apply to all FoundationDB stores of a JVM, before its network starts.
 *
 * @param knobs names and values of client knobs
 */
record NetworkSettings(
    Tls tls,
    Map<String, String> knobs,
    @Nullable Path traceDirectory,
    @Nullable Path externalClientDirectory) {

  NetworkSettings {
    knobs = Map.copyOf(knobs);
  }

  /**
   * Checks that the files exist: the client would at most report a missing one on standard error,
   * and a missing certificate would look like an unreachable cluster.
   *
   * @throws DgenException if one cannot be read
   */
  void checkFiles() {
    checkReadable("TLS certificate", tls.certificate());
    checkReadable("TLS key", tls.key());
    checkReadable("TLS authorities", tls.authorities());
    if (traceDirectory != null
        && !(Files.isDirectory(traceDirectory) && Files.isWritable(traceDirectory))) {
      throw refused("trace directory", traceDirectory, "a writable directory");
    }
    if (externalClientDirectory != null && !Files.isDirectory(externalClientDirectory)) {
      throw refused("external client directory", externalClientDirectory, "a directory");
    }
  }

  private static void checkReadable(String name, @Nullable Path file) {
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw refused(name, file, "a readable file");
    }
  }

  private static DgenException refused(String name, Path path, String wanted) {
    return new DgenException(
        "the "
            + name
            + " of FoundationDbOptions, "
            + path.toAbsolutePath()
            + ", is not "
            + wanted
            + "; correct the path, or the permissions of this process",
        null,
        Effect.NONE);
  }

  void applyTo(NetworkOptions options) {
    new TreeMap<>(knobs).forEach((name, value) -> options.setKnob(name + "=" + value));
    if (traceDirectory != null) {
      options.setTraceEnable(traceDirectory.toString());
    }
    if (externalClientDirectory != null) {
      options.setExternalClientDirectory(externalClientDirectory.toString());
    }
    applyTls(options);
  }

  private void applyTls(NetworkOptions options) {
    // The password is set before the key, which it decrypts.
    if (tls.password() != null) {
      options.setTLSPassword(tls.password());
    }
    if (tls.certificate() != null) {
      options.setTLSCertPath(tls.certificate().toString());
    }
    if (tls.key() != null) {
      options.setTLSKeyPath(tls.key().toString());
    }
    if (tls.authorities() != null) {
      options.setTLSCaPath(tls.authorities().toString());
    }
    if (tls.verifyPeers() != null) {
      options.setTLSVerifyPeers(tls.verifyPeers().getBytes(UTF_8));
    }
  }

  @Override
  public String toString() {
    return "[knobs="
        + new TreeMap<>(knobs)
        + ", "
        + tls
        + ", traceDirectory="
        + traceDirectory
        + ", externalClientDirectory="
        + externalClientDirectory
        + "]";
  }
}
