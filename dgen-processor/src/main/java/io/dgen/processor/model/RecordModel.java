package io.dgen.processor.model;

import com.squareup.javapoet.TypeName;
import java.util.List;

/**
 * A record that the codecs write: the state, a message, or one nested in them.
 *
 * @param type the record
 * @param components its components, in declaration order
 */
public record RecordModel(TypeName type, List<ComponentModel> components) {}
