package io.dgen.internal.engine.send;

import io.dgen.store.KeyValue;
import java.util.List;

/**
 * Rows that no version of dgen can make a message of.
 *
 * @param rows the rows
 * @param problem what is wrong
 */
public record Damage(List<KeyValue> rows, String problem) {}
