/** A server whose state is a list of records with ids. */
@NullMarked
package io.dgen.examples.guestbook;

import org.jspecify.annotations.NullMarked;
