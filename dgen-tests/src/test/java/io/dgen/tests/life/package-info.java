/** The life of an entity and of its state: init, restart, reset, kill, stop. */
@NullMarked
package io.dgen.tests.life;

import org.jspecify.annotations.NullMarked;
