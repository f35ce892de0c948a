/**
 * One node: assembles the packages below, and is what the API calls.
 *
 * <p>{@code Assembly} shows how everything is connected; clients send through {@code NodeSender},
 * and {@code Inspector} inspects entities from outside.
 */
@NullMarked
package io.dgen.internal.engine.node;

import org.jspecify.annotations.NullMarked;
