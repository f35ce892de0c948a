package io.dgen.store.foundationdb;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The client's credentials for a cluster with TLS, and the authorities that it trusts. Null values
 * are left to the client's defaults, which also read the environment variables {@code
 * FDB_TLS_CERTIFICATE_FILE}, {@code FDB_TLS_KEY_FILE}, {@code FDB_TLS_CA_FILE}, {@code
 * FDB_TLS_VERIFY_PEERS} and {@code FDB_TLS_PASSWORD}. TLS is used if the cluster file says so, by
 * {@code :tls} after each address.
 *
 * @param certificate the file of the certificate chain, PEM
 * @param key the file of the private key, PEM
 * @param authorities the file of the trusted authorities, PEM
 * @param verifyPeers the conditions on a peer's certificate, such as {@code Check.Valid=1}
 * @param password of the private key
 * @see <a href="https://apple.github.io/foundationdb/tls.html">FoundationDB, TLS</a>
 */
public record Tls(
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path authorities,
    @Nullable String verifyPeers,
    @Nullable String password) {

  /** The client's defaults for everything. */
  public static final Tls DEFAULT = new Tls(null, null, null, null, null);

  /** Returns the settings without the password. */
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
