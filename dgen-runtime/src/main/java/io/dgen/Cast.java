package io.dgen;

/**
 * A message without a reply. A cast is acknowledged to its sender once the message, or its effect,
 * is durable.
 */
public interface Cast {}
