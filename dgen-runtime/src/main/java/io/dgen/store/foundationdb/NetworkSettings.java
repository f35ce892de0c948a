package io.dgen.store.foundationdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.apple.foundationdb.NetworkOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is set once for all FoundationDB stores of a JVM, before its network starts.
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
    // The password is set before the key, which it opens.
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
