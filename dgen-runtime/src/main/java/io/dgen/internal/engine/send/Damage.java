package io.dgen.internal.engine.send;

import io.dgen.store.KeyValue;
import java.util.List;

/**
 * Rows from which no version of dgen can read a message.
 *
 * @param rows the rows
 * @param problem what is wrong with them
 */
public record Damage(List<KeyValue> rows, String problem) {}
