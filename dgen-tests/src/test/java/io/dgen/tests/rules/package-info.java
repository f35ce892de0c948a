/** The engine's rules, one after the other: each test forces what its rule is about. */
@NullMarked
package io.dgen.tests.rules;

import org.jspecify.annotations.NullMarked;
