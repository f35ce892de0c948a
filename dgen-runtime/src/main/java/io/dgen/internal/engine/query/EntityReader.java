package io.dgen.internal.engine.query;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads an entity from one snapshot: its meta key, and its state unless it is in memory under the
 * version that the meta key has. Thread-safe.
 *
 * <p>Meta and state are of one snapshot, so they belong together, whatever is committed meanwhile.
 */
public final class EntityReader {

  private final NodeStore store;
  private final RememberedStates states;

  public EntityReader(NodeStore store, RememberedStates states) {
    this.store = store;
    this.states = states;
  }

  /**
   * Reads an entity.
   *
   * @param reads reads the meta key: with a conflict, or from the snapshot
   * @param snapshot reads the state, from the same transaction
   * @throws CodecException if its meta key is unreadable
   */
  public StoredEntity read(ReadTransaction reads, ReadTransaction snapshot, Address address)
      throws InterruptedException {
    EntityKeys keys = store.layout().entity(address.server(), address.id());
    CompletableFuture<byte @Nullable []> metaRead = reads.get(keys.meta);
    // Without a state in memory both are read at the same time.
    CompletableFuture<List<KeyValue>> early =
        states.remembered(address) == null ? state(snapshot, keys) : null;
    Meta meta = decoded(store.environment().await(metaRead), address);
    RememberedState known = meta.exists() ? states.remembered(address) : null;
    if (known != null && !known.isStoredAt(meta.version())) {
      known = null;
    }
    List<KeyValue> rows = List.of();
    if (early != null) {
      rows = store.environment().await(early);
    } else if (meta.exists() && known == null) {
      rows = store.environment().await(state(snapshot, keys));
    }
    return new StoredEntity(address, meta, keys.state.length, known, rows);
  }

  private static CompletableFuture<List<KeyValue>> state(
      ReadTransaction snapshot, EntityKeys keys) {
    return snapshot.getRange(keys.state, Keys.prefixEnd(keys.state), 0);
  }

  private static Meta decoded(byte @Nullable [] stored, Address address) {
    try {
      return Meta.of(stored);
    } catch (CodecException e) {
      throw e.ofEntity(address.toString());
    }
  }
}
