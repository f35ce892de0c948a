package io.dgen.internal.engine.shards;

import io.dgen.internal.engine.format.Shard;
import io.dgen.internal.engine.later.DoneRecords;
import io.dgen.internal.engine.later.DueShards;
import io.dgen.internal.engine.later.ExpiryShards;
import io.dgen.spi.Environment;
import java.time.Duration;

/** What is looked at in each shard beside its ready entities. Thread-safe. */
public final class ShardWork implements ShardConsumers.Further {

  private final Environment environment;
  private final DueShards due;
  private final DoneRecords records;
  private final ExpiryShards expiry;
  private final Duration pollInterval;

  public ShardWork(
      Environment environment,
      DueShards due,
      DoneRecords records,
      ExpiryShards expiry,
      Duration pollInterval) {
    this.environment = environment;
    this.due = due;
    this.records = records;
    this.expiry = expiry;
    this.pollInterval = pollInterval;
  }

  @Override
  public Looks of(Shard shard) {
    return new ShardDuties(environment, due, records, expiry, pollInterval, shard);
  }
}
