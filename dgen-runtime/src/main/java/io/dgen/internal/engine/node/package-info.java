/**
 * One node: puts the rooms below together, and is what the API calls.
 *
 * <p>{@code Assembly} shows how everything is connected; {@code NodeSender} is what clients send
 * through, {@code Inspector} looks at entities from outside.
 */
@NullMarked
package io.dgen.internal.engine.node;

import org.jspecify.annotations.NullMarked;
