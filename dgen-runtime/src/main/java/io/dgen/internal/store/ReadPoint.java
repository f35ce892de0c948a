package io.dgen.internal.store;

/**
 * What a transaction reads.
 *
 * @param version the read version: every commit up to it is seen, none after
 * @param startedAt when it was taken, in versions
 * @param handle the snapshot; its version is that of the last commit in it
 */
record ReadPoint(long version, long startedAt, SnapshotHandle handle) {}
