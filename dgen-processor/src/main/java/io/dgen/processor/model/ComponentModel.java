package io.dgen.processor.model;

/**
 * A record component.
 *
 * @param name its name, which is also its name in the store
 * @param shape its type
 * @param isTerm whether {@code @Term} forbids to store it by its parts
 */
public record ComponentModel(String name, Shape shape, boolean isTerm) {}
