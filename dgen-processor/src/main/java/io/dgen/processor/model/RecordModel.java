package io.dgen.processor.model;

import com.squareup.javapoet.TypeName;
import java.util.List;
import java.util.Optional;

/**
 * A record that the codecs write: the state, a message, or one nested in them.
 *
 * @param type the record
 * @param components its components, in declaration order
 * @param id the component that tells the items of a list apart, if there is one
 * @param isTerm whether {@code @Term} forbids to store it by its parts
 */
public record RecordModel(
    TypeName type, List<ComponentModel> components, Optional<ComponentModel> id, boolean isTerm) {}
