package io.dgen.internal.store.rocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * The configuration of RocksDB, and its native objects. The figures are in {@code
 * docs/decisions/0002-rocksdb.md}.
 */
final class RocksSettings implements AutoCloseable {

  private static final long BLOCK_CACHE_BYTES = 128 << 20;

  /** Part of the block cache. */
  private static final long ALL_MEMTABLES_BYTES = 64 << 20;

  private static final long LASTING_MEMTABLE_BYTES = 32 << 20;
  private static final long PASSING_MEMTABLE_BYTES = 1 << 20;

  /**
   * How many small files of few keys may accumulate: each compaction of them rewrites a good part
   * of all data.
   */
  private static final int LASTING_FILES_BEFORE_COMPACTION = 8;

  private static final long LASTING_FIRST_LEVEL_BYTES = 64 << 20;

  /** How much a start after a crash may have to read again. */
  private static final long LOGS_BYTES = 128 << 20;

  /**
   * Few, so that the largest block fits into each: a block that does not fit is read again each
   * time. The default would be 64.
   */
  private static final int BLOCK_CACHE_SHARD_BITS = 2;

  private static final double BLOCK_CACHE_FOR_METADATA = 0.5;
  private static final long INFO_LOG_BYTES = 1 << 20;

  /** A file in which half of some 128 neighbouring entries are deletions is compacted early. */
  private static final long DELETION_WINDOW = 128;

  private static final long DELETION_TRIGGER = 64;

  private final LRUCache blockCache =
      new LRUCache(BLOCK_CACHE_BYTES, BLOCK_CACHE_SHARD_BITS, false, BLOCK_CACHE_FOR_METADATA);
  private final WriteBufferManager writeBufferManager =
      new WriteBufferManager(ALL_MEMTABLES_BYTES, blockCache);
  private final BloomFilter bloomFilter = new BloomFilter(10);
  private final TablePropertiesCollectorFactory deletionCollector =
      TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
          DELETION_WINDOW, DELETION_TRIGGER, 0.5);
  private final UInt64AddOperator adding = new UInt64AddOperator();
  private final DBOptions databaseOptions;
  private final List<ColumnFamilyOptions> familyOptions = new ArrayList<>();
  private final List<ColumnFamilyDescriptor> families = new ArrayList<>();

  RocksSettings(boolean createIfMissing) {
    databaseOptions = databaseOptions(createIfMissing);
    for (Family family : Family.values()) {
      ColumnFamilyOptions options =
          switch (family) {
            case LASTING -> lasting();
            case PASSING -> passing();
          };
      familyOptions.add(options);
      families.add(new ColumnFamilyDescriptor(family.familyName(), options));
    }
  }

  DBOptions databaseOptions() {
    return databaseOptions;
  }

  /** Returns the column families, in the order of {@link Family}. */
  List<ColumnFamilyDescriptor> families() {
    return families;
  }

  private DBOptions databaseOptions(boolean createIfMissing) {
    Properties tracking = new Properties();
    // Not in the Java API: records in the manifest how long each finished log is, so that a log
    // that was cut short or lost is refused rather than accepted.
    tracking.setProperty("track_and_verify_wals_in_manifest", "true");
    return DBOptions.getDBOptionsFromProps(tracking)
        .setCreateIfMissing(createIfMissing)
        .setCreateMissingColumnFamilies(createIfMissing)
        .setParanoidChecks(true)
        // Up to the first damage. An inspection has verified before that nothing acknowledged comes
        // after it; the other modes refuse what a power cut may leave: zeros for a last group that
        // was never acknowledged.
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setMaxTotalWalSize(LOGS_BYTES)
        .setWriteBufferManager(writeBufferManager)
        .setMaxOpenFiles(1024)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0);
  }

  private ColumnFamilyOptions options() {
    return new ColumnFamilyOptions()
        .setMergeOperator(adding)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(blockCache)
                // Partitioned, so that a get reads one partition rather than the whole filter of a
                // file.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(bloomFilter)
                .setFormatVersion(5));
  }

  /**
   * Returns options with large memtables: most writes replace what is still in one, and go no
   * further.
   */
  private ColumnFamilyOptions lasting() {
    return options()
        .setWriteBufferSize(LASTING_MEMTABLE_BYTES)
        .setLevel0FileNumCompactionTrigger(LASTING_FILES_BEFORE_COMPACTION)
        .setMaxBytesForLevelBase(LASTING_FIRST_LEVEL_BYTES);
  }

  /**
   * Returns options with small memtables and early compaction, which bound how many deleted keys an
   * iteration meets.
   */
  private ColumnFamilyOptions passing() {
    // The Java API has the collector only among the options of a whole database.
    try (ColumnFamilyOptions family =
            options()
                .setWriteBufferSize(PASSING_MEMTABLE_BYTES)
                .setMaxWriteBufferNumber(4)
                .setMinTombstonesForRangeConversion(8);
        DBOptions database = new DBOptions();
        Options both = new Options(database, family)) {
      both.setTablePropertiesCollectorFactory(List.of(deletionCollector));
      return new ColumnFamilyOptions(both);
    }
  }

  @Override
  public void close() {
    databaseOptions.close();
    familyOptions.forEach(ColumnFamilyOptions::close);
    adding.close();
    deletionCollector.close();
    bloomFilter.close();
    writeBufferManager.close();
    blockCache.close();
  }
}
