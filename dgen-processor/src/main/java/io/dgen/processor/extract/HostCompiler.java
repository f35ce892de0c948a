package io.dgen.processor.extract;

import javax.annotation.processing.ProcessingEnvironment;

/** The compiler that runs the processor, where annotation processing leaves it a choice. */
public final class HostCompiler {

  private HostCompiler() {}

  /**
   * Returns whether it is javac, and not wrapped by another.
   *
   * @param environment the compiler
   * @return whether its trees can be read
   */
  public static boolean isJavac(ProcessingEnvironment environment) {
    return environment.getClass().getName().startsWith("com.sun.tools.javac.");
  }

  /**
   * Returns whether it is the Eclipse compiler, by itself or in the workbench.
   *
   * @param environment the compiler
   * @return whether it is
   */
  public static boolean isEclipse(ProcessingEnvironment environment) {
    return environment.getClass().getName().startsWith("org.eclipse.jdt.");
  }
}
