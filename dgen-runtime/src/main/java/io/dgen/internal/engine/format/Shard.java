package io.dgen.internal.engine.format;

/** One of the groups into which the entities of a server are divided. */
public record Shard(String server, int number) {}
