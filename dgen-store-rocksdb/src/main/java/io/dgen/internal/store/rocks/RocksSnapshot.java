package io.dgen.internal.store.rocks;

import io.dgen.internal.overlay.StorageCursor;
import io.dgen.internal.overlay.StorageSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** The content of RocksDB at one moment. */
final class RocksSnapshot implements StorageSnapshot {

  private final Families families;
  private final RocksErrors errors;
  private final DirectoryOwnership ownership;
  private final Snapshot snapshot;
  private final ReadOptions options;

  RocksSnapshot(Families families, RocksErrors errors, DirectoryOwnership ownership) {
    this.families = families;
    this.errors = errors;
    this.ownership = ownership;
    this.snapshot = families.database().getSnapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    // Writes of another owner since then must not be missed.
    ownership.check();
    try {
      return families.database().get(families.of(key), options, key);
    } catch (RocksDBException e) {
      throw errors.failed("reading", e);
    }
  }

  @Override
  public StorageCursor cursor(byte[] begin, byte[] end, boolean reverse) {
    ownership.check();
    List<Family> parts = Family.of(begin, end);
    StorageCursor first = cursor(parts.getFirst(), begin, end, reverse);
    return parts.size() == 1
        ? first
        : new MergedCursor(first, cursor(parts.getLast(), begin, end, reverse), reverse);
  }

  private RocksCursor cursor(Family family, byte[] begin, byte[] end, boolean reverse) {
    return new RocksCursor(
        families, family, errors, new ReadOptions().setSnapshot(snapshot), begin, end, reverse);
  }

  @Override
  public void close() {
    options.close();
    families.database().releaseSnapshot(snapshot);
    snapshot.close();
  }
}
