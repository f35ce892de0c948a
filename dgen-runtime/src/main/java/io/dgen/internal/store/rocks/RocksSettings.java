package io.dgen.internal.store.rocks;

import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB is set up, and the native objects of that. The figures are in {@code
 * docs/decisions/0002-rocksdb.md}.
 */
final class RocksSettings implements AutoCloseable {

  private static final long MEMTABLE_BYTES = 1 << 20;
  private static final long BLOCK_CACHE_BYTES = 64 << 20;
  private static final long ALL_MEMTABLES_BYTES = 16 << 20;
  private static final long INFO_LOG_BYTES = 1 << 20;

  /** A file in which half of some 128 neighbouring entries are deletions is compacted early. */
  private static final long DELETION_WINDOW = 128;

  private static final long DELETION_TRIGGER = 64;

  private final LRUCache blockCache = new LRUCache(BLOCK_CACHE_BYTES);
  private final WriteBufferManager writeBufferManager =
      new WriteBufferManager(ALL_MEMTABLES_BYTES, blockCache);
  private final BloomFilter bloomFilter = new BloomFilter(10);
  private final TablePropertiesCollectorFactory deletionCollector =
      TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
          DELETION_WINDOW, DELETION_TRIGGER, 0.5);
  private final UInt64AddOperator adding = new UInt64AddOperator();
  private final Options options;

  RocksSettings(boolean createIfMissing) {
    Properties tracking = new Properties();
    // Not in the Java API: notes in the manifest how long each finished log is, so that one that
    // was cut short or lost is refused instead of being taken for all there is.
    tracking.setProperty("track_and_verify_wals_in_manifest", "true");
    try (DBOptions dbOptions = DBOptions.getDBOptionsFromProps(tracking);
        ColumnFamilyOptions columnFamilyOptions = new ColumnFamilyOptions()) {
      options = new Options(dbOptions, columnFamilyOptions);
    }
    setFiles(createIfMissing);
    setMemory();
    setQueues();
  }

  Options options() {
    return options;
  }

  private void setFiles(boolean createIfMissing) {
    options
        .setCreateIfMissing(createIfMissing)
        .setParanoidChecks(true)
        .setMergeOperator(adding)
        // Up to the first damage. An inspection has found before that nothing that was acknowledged
        // is behind it; the other modes refuse what a power cut may leave: zeros for a last group
        // that was never acknowledged.
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setMaxOpenFiles(256)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0)
        .setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  private void setMemory() {
    options
        .setWriteBufferManager(writeBufferManager)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(blockCache)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(bloomFilter)
                .setFormatVersion(5));
  }

  /**
   * Small memtables and early compaction bound how many deleted keys a queue's head has before it.
   */
  private void setQueues() {
    options
        .setWriteBufferSize(MEMTABLE_BYTES)
        .setMaxWriteBufferNumber(4)
        .setMinTombstonesForRangeConversion(8);
    options.setTablePropertiesCollectorFactory(List.of(deletionCollector));
  }

  @Override
  public void close() {
    options.close();
    adding.close();
    deletionCollector.close();
    bloomFilter.close();
    writeBufferManager.close();
    blockCache.close();
  }
}
