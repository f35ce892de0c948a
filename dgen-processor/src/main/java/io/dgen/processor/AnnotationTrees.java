package io.dgen.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.util.Trees;
import io.dgen.processor.extract.HostCompiler;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.TypeElement;

/** The parts of an annotation that the model leaves out, if the compiler is javac. */
final class AnnotationTrees {

  private AnnotationTrees() {}

  /** Returns whether a value is written that the annotation does not have, which javac reports. */
  static boolean hasUnknownValue(
      ProcessingEnvironment environment, TypeElement type, AnnotationMirror annotation) {
    return HostCompiler.isJavac(environment)
        && Trees.instance(environment).getTree(type, annotation) instanceof AnnotationTree tree
        && tree.getArguments().size() > annotation.getElementValues().size();
  }
}
