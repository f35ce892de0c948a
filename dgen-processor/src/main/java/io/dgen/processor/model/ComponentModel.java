package io.dgen.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * A record component.
 *
 * @param name its name, which is also its name in the store
 * @param shape its type
 * @param isTerm whether {@code @Term} forbids to store it by its parts
 * @param formerNames the names under which it was stored before, the newest first
 * @param missing what it reads as when it was not stored, if {@code @Default} says so
 */
public record ComponentModel(
    String name,
    Shape shape,
    boolean isTerm,
    List<String> formerNames,
    Optional<DefaultModel> missing) {}
