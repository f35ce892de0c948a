package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface as a distributed server: a durable, replicated {@code gen_server}.
 *
 * <p>The interface holds the message records, the state record and the callbacks. For an interface
 * {@code Counter} the annotation processor generates, in the same package, {@code CounterClient},
 * {@code CounterMessage}, {@code CounterServer} and {@code CounterCodec}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface DistributedServer {

  /**
   * Returns the name under which the entities of this server are stored. It is part of every key,
   * so it must never change once the server has data.
   *
   * @return the name; if empty, the simple name of the interface
   */
  String name() default "";

  /**
   * Returns the state record.
   *
   * @return the record; by default the nested record named {@code State}
   */
  Class<?> state() default void.class;
}
