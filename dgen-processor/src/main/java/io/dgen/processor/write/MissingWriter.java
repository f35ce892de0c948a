package io.dgen.processor.write;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.DefaultModel;
import io.dgen.processor.model.DefaultModel.Kind;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.ScalarTypes;
import io.dgen.processor.model.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Writes how the reading of a record handles data of an older version: components that are missing,
 * and components under former names.
 *
 * <p>A component that has former names, or a method for its default, has an age: how many names are
 * newer than the one under which it was read. It begins with the number of its names.
 */
final class MissingWriter {

  private final CodecPlan plan;
  private final RecordModel record;
  private final NameAllocator locals;
  private final Map<ComponentModel, String> ages = new HashMap<>();
  private final Map<ComponentModel, String> constants = new HashMap<>();

  /**
   * Creates the writer.
   *
   * @param names the names of the record's constants; more are added
   * @param locals the names of the local variables that hold the components; more are added
   */
  MissingWriter(CodecPlan plan, RecordModel record, NameAllocator names, NameAllocator locals) {
    this.plan = plan;
    this.record = record;
    this.locals = locals;
    for (ComponentModel component : record.components()) {
      if (!component.formerNames().isEmpty() || hasDefault(component, Kind.METHOD)) {
        ages.put(component, locals.newName(component.name() + "Age"));
      }
      if (hasDefault(component, Kind.VALUE)) {
        constants.put(
            component, names.newName(CodecNames.upperSnake(component.name()) + "_DEFAULT"));
      }
    }
  }

  private static boolean hasDefault(ComponentModel component, Kind kind) {
    return component.missing().filter(it -> it.kind() == kind).isPresent();
  }

  /** Returns the constant of a default that is created once. */
  Optional<FieldSpec> constant(ComponentModel component) {
    return Optional.ofNullable(constants.get(component))
        .map(
            name ->
                FieldSpec.builder(
                        component.shape().type(),
                        name,
                        Modifier.PRIVATE,
                        Modifier.STATIC,
                        Modifier.FINAL)
                    .initializer(component.missing().orElseThrow().expression())
                    .build());
  }

  /** Returns the initial value of a component's local variable. */
  CodeBlock initial(ComponentModel component) {
    DefaultModel written = component.missing().orElse(null);
    if (written == null || written.kind() == Kind.METHOD) {
      return unwritten(component.shape());
    }
    return written.kind() == Kind.LITERAL
        ? written.expression()
        : CodeBlock.of("$L.$N", plan.recordClass(record.type()), constants.get(component));
  }

  private CodeBlock unwritten(Shape shape) {
    return switch (shape) {
      case Shape it when it.type().equals(TypeName.BOOLEAN) -> CodeBlock.of("false");
      case Shape it when it.type().isPrimitive() -> CodeBlock.of("0");
      case Shape.Scalar it when !ScalarTypes.canBeEmpty(it.type()) -> CodeBlock.of("null");
      case Shape.Enum ignored -> CodeBlock.of("null");
      case Shape.Record ignored -> CodeBlock.of("null");
      case Shape.Sealed ignored -> CodeBlock.of("null");
      case Shape.From ignored -> CodeBlock.of("null");
      default -> CodeBlock.of("$L.missing()", plan.codec(shape));
    };
  }

  /** Declares the age of a component that has one. */
  void declareAge(MethodSpec.Builder method, ComponentModel component) {
    if (ages.containsKey(component)) {
      method.addStatement("int $N = $L", ages.get(component), names(component));
    }
  }

  /** Adds the cases of a component, one for each of its names; the newest name counts. */
  void addCases(MethodSpec.Builder method, ComponentModel component, CodeBlock reading) {
    String age = ages.get(component);
    if (age == null) {
      method.addStatement("case $S -> $L", component.name(), reading);
      return;
    }
    method
        .beginControlFlow("case $S ->", component.name())
        .addStatement("$L", reading)
        .addStatement("$N = 0", age)
        .endControlFlow();
    List<String> former = component.formerNames();
    for (int i = 0; i < former.size(); i++) {
      method
          .beginControlFlow("case $S ->", former.get(i))
          .beginControlFlow("if ($N > $L)", age, i + 1)
          .addStatement("in.markOutdated()")
          .addStatement("$L", reading)
          .addStatement("$N = $L", age, i + 1)
          .nextControlFlow("else")
          .addStatement("in.skip()")
          .endControlFlow()
          .endControlFlow();
    }
  }

  /** Calls the methods of defaults for components that were missing in a term. */
  void replaceInTerm(MethodSpec.Builder method) {
    replace(method, false);
  }

  /**
   * Calls the methods of defaults for components that were not stored. The next write must be a
   * full one: a difference to a default that has parts would write only some of the parts.
   */
  void replaceInState(MethodSpec.Builder method) {
    replace(method, true);
  }

  private void replace(MethodSpec.Builder method, boolean inState) {
    for (ComponentModel component : record.components()) {
      if (hasDefault(component, Kind.METHOD)) {
        method.beginControlFlow("if ($N == $L)", ages.get(component), names(component));
        if (inState) {
          method.addStatement("in.markOutdated()");
        }
        CodeBlock call = component.missing().orElseThrow().expression();
        method
            .addStatement(
                "$N = $L",
                locals.get(component),
                plan.isImmutable(component.shape())
                    ? call
                    : CodeBlock.of(
                        "$L.freeze(null, $L)",
                        inState ? plan.stateCodec(component) : plan.codec(component.shape()),
                        call))
            .endControlFlow();
      }
    }
  }

  private static int names(ComponentModel component) {
    return 1 + component.formerNames().size();
  }
}
