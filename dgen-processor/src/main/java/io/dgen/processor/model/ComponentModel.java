package io.dgen.processor.model;

/**
 * A record component.
 *
 * @param name its name, which is also its name in the store
 * @param shape its type
 */
public record ComponentModel(String name, Shape shape) {}
