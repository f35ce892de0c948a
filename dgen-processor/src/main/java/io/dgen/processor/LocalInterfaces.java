package io.dgen.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.HostCompiler;
import io.dgen.processor.validate.Message;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an annotated interface in a method. No compiler shows such a type to processors, so it
 * would be ignored silently. Only javac lets its trees be read.
 */
final class LocalInterfaces implements TaskListener {

  private final Trees trees;
  private final Set<CompilationUnitTree> seen = new HashSet<>();

  private LocalInterfaces(Trees trees) {
    this.trees = trees;
  }

  /** Starts to look at every source, if the compiler is javac and not wrapped by another. */
  static void watch(ProcessingEnvironment environment) {
    if (HostCompiler.isJavac(environment)) {
      JavacTask.instance(environment)
          .addTaskListener(new LocalInterfaces(Trees.instance(environment)));
    }
  }

  @Override
  public void started(TaskEvent event) {
    CompilationUnitTree unit = event.getCompilationUnit();
    if (event.getKind() == TaskEvent.Kind.ANALYZE && unit != null && seen.add(unit)) {
      new Scanner(trees, unit).scan(unit, null);
    }
  }

  private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;

    private Scanner(Trees trees, CompilationUnitTree unit) {
      this.trees = trees;
      this.unit = unit;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof BlockTree
          && type.getModifiers().getAnnotations().stream().anyMatch(this::isOurs)) {
        trees.printMessage(
            Diagnostic.Kind.ERROR, Message.LOCAL_INTERFACE.text(type.getSimpleName()), type, unit);
      }
      return super.visitClass(type, null);
    }

    /** Names are not resolved yet. */
    private boolean isOurs(AnnotationTree annotation) {
      String name = annotation.getAnnotationType().toString();
      String packageName = DgenTypes.ANNOTATION.substring(0, DgenTypes.ANNOTATION.lastIndexOf('.'));
      return name.equals(DgenTypes.ANNOTATION)
          || (DgenTypes.ANNOTATION.endsWith("." + name)
              && unit.getImports().stream()
                  .map(ImportTree::getQualifiedIdentifier)
                  .map(Tree::toString)
                  .anyMatch(
                      it -> it.equals(DgenTypes.ANNOTATION) || it.equals(packageName + ".*")));
    }
  }
}
