package io.dgen.tests.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test, or a class of tests, of {@link OnEveryStore} that is about what stays: where the
 * others run in memory, it runs on disk.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Tag(Durable.TAG)
public @interface Durable {

  /** The tag that says the same. */
  String TAG = "durable";
}
