package io.dgen.internal.engine;

/** One of the parts that the entities of a server are spread over. */
record Shard(String server, int number) {}
