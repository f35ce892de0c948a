package io.dgen.store.foundationdb;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the client proves who it is to a cluster with TLS, and whom it believes. What is null is left
 * to the client's defaults, which also read the environment variables {@code
 * FDB_TLS_CERTIFICATE_FILE}, {@code FDB_TLS_KEY_FILE}, {@code FDB_TLS_CA_FILE}, {@code
 * FDB_TLS_VERIFY_PEERS} and {@code FDB_TLS_PASSWORD}. TLS is used if the cluster file says so, by
 * {@code :tls} behind each address.
 *
 * @param certificate the file of the certificate chain, PEM
 * @param key the file of the private key, PEM
 * @param authorities the file of the authorities that are believed, PEM
 * @param verifyPeers what must hold of a peer's certificate, such as {@code Check.Valid=1}
 * @param password of the private key
 * @see <a href="https://apple.github.io/foundationdb/tls.html">FoundationDB, TLS</a>
 */
public record Tls(
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path authorities,
    @Nullable String verifyPeers,
    @Nullable String password) {

  /** All from the client's defaults. */
  public static final Tls DEFAULT = new Tls(null, null, null, null, null);

  /** Without the password. */
  @Override
  public String toString() {
    return "Tls[certificate="
        + certificate
        + ", key="
        + key
        + ", authorities="
        + authorities
        + ", verifyPeers="
        + verifyPeers
        + ", password="
        + (password == null ? "none" : "***")
        + "]";
  }
}
