/** Rules that check the declarations: each fills a report, which is printed once. */
@NullMarked
package io.dgen.processor.validate;

import org.jspecify.annotations.NullMarked;
