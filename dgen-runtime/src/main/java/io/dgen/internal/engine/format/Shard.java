package io.dgen.internal.engine.format;

/** One of the parts that the entities of a server are spread over. */
public record Shard(String server, int number) {}
