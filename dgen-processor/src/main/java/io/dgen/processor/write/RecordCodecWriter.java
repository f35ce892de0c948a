package io.dgen.processor.write;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.NameAllocator;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes the class that writes, reads and freezes one record. */
final class RecordCodecWriter {

  private static final ClassName TERM_WRITER = ClassName.get("io.dgen.codec", "TermWriter");
  private static final ClassName TERM_READER = ClassName.get("io.dgen.codec", "TermReader");
  private static final ClassName STATE_WRITER = ClassName.get(Generated.CODECS, "StateWriter");
  private static final ClassName STATE_READER = ClassName.get(Generated.CODECS, "StateReader");
  private static final ClassName STATE_NAME = ClassName.get(Generated.CODECS, "StateName");

  private final CodecPlan plan;
  private final RecordModel record;
  private final ClassName self;

  /** The components' names as constants, and as local variables of the methods. */
  private final NameAllocator constants = new NameAllocator();

  private final NameAllocator readLocals = new NameAllocator();
  private final NameAllocator freezeLocals = new NameAllocator();
  private final MissingWriter missing;

  RecordCodecWriter(CodecPlan plan, RecordModel record, ClassName outer) {
    this.plan = plan;
    this.record = record;
    this.self = outer.nestedClass(plan.recordClass(record.type()));
    // A constant of such a name would hide the type that a default refers to.
    Stream.concat(
            Stream.of("INSTANCE", "UUID", "URI"),
            record.components().stream()
                .filter(it -> it.shape() instanceof Shape.Enum)
                .map(it -> outermost(it.shape().type())))
        .distinct()
        .forEach(constants::newName);
    plan.constants().values().forEach(constants::newName);
    plan.parts().values().forEach(constants::newName);
    plan.empty().values().forEach(constants::newName);
    List.of("in", "name").forEach(readLocals::newName);
    List.of("before", "after", "value").forEach(freezeLocals::newName);
    for (NameAllocator locals : List.of(readLocals, freezeLocals)) {
      // A component of such a name would hide a type that the method refers to.
      Stream.of("String", "TermCodecs", outermost(record.type()))
          .distinct()
          .forEach(locals::newName);
      plan.constants().values().forEach(locals::newName);
      plan.parts().values().forEach(locals::newName);
      plan.empty().values().forEach(locals::newName);
      plan.records().forEach(it -> locals.newName(plan.recordClass(it.type())));
    }
    for (ComponentModel component : record.components()) {
      constants.newName(CodecNames.upperSnake(component.name()), component);
      readLocals.newName(component.name(), component);
      freezeLocals.newName(component.name(), component);
    }
    missing = new MissingWriter(plan, record, constants, readLocals);
  }

  TypeSpec write() {
    boolean assigns = plan.isAssigns(record);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(self)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .superclass(
                ParameterizedTypeName.get(
                    assigns ? Generated.STATE_RECORD_CODEC : Generated.RECORD_CODEC, record.type()))
            .addField(
                FieldSpec.builder(self, "INSTANCE", Modifier.STATIC, Modifier.FINAL)
                    .initializer("new $T()", self)
                    .build());
    if (assigns) {
      for (ComponentModel component : record.components()) {
        type.addField(
            FieldSpec.builder(
                    STATE_NAME,
                    constants.get(component),
                    Modifier.PRIVATE,
                    Modifier.STATIC,
                    Modifier.FINAL)
                .initializer("$T.of($S)", STATE_NAME, component.name())
                .build());
      }
    }
    for (ComponentModel component : record.components()) {
      missing.constant(component).ifPresent(type::addField);
    }
    type.addMethod(writeTerm()).addMethod(readTerm());
    boolean isImmutable = plan.isImmutable(record);
    if (!isImmutable) {
      type.addMethod(freezeTerm());
      type.addMethod(
          overriding("isImmutable", TypeName.BOOLEAN).addStatement("return false").build());
      CodeBlock isFixed = plan.isFixed(record);
      if (!isFixed.equals(CodecPlan.FALSE)) {
        type.addMethod(
            overriding("isFixed", TypeName.BOOLEAN).addStatement("return $L", isFixed).build());
      }
    }
    if (assigns) {
      if (record.components().isEmpty() || record.isTerm()) {
        type.addMethod(
            overriding("hasParts", TypeName.BOOLEAN)
                .addParameter(record.type(), "value")
                .addStatement("return false")
                .build());
      }
      type.addMethod(put()).addMethod(change()).addMethod(readState());
      if (!isImmutable) {
        type.addMethod(freezeState());
      }
    }
    return type.build();
  }

  private MethodSpec writeTerm() {
    MethodSpec.Builder method =
        overriding("writeRecord", Modifier.PROTECTED, TypeName.VOID)
            .addParameter(TERM_WRITER, "out")
            .addParameter(record.type(), "value")
            .addStatement("out.startMap($L)", record.components().size());
    for (ComponentModel component : record.components()) {
      method.addStatement("out.name($S)", component.name());
      if (isPrimitive(component)) {
        method.addStatement(
            "out.write$L(value.$N())", writerSuffix(component.shape().type()), component.name());
      } else {
        method.addStatement(
            "$L.write(out, value.$N())", plan.codec(component.shape()), component.name());
      }
    }
    return method.addStatement("out.endMap()").build();
  }

  private MethodSpec readTerm() {
    MethodSpec.Builder method =
        overriding("readRecord", Modifier.PROTECTED, record.type()).addParameter(TERM_READER, "in");
    declareLocals(method);
    method.addStatement("in.startRecord($S)", CodecPlan.rawType(record.type()).simpleName());
    readLoop(
        method,
        component ->
            isPrimitive(component)
                ? CodeBlock.of("in.read$L()", readerSuffix(component.shape().type()))
                : CodeBlock.of("$L.read(in)", plan.codec(component.shape())));
    missing.replaceInTerm(method);
    return method.addStatement("return $L", construct()).build();
  }

  private MethodSpec readState() {
    MethodSpec.Builder method = overriding("read", record.type()).addParameter(STATE_READER, "in");
    declareLocals(method);
    readLoop(
        method,
        component ->
            isPrimitive(component)
                ? CodeBlock.of("in.term().read$L()", readerSuffix(component.shape().type()))
                : CodeBlock.of(
                    "in.$L($L)",
                    plan.hasParts(component) ? "readRecord" : "readTerm",
                    plan.stateCodec(component)));
    missing.replaceInState(method);
    return method.addStatement("return $L", construct()).build();
  }

  private void declareLocals(MethodSpec.Builder method) {
    for (ComponentModel component : record.components()) {
      method.addStatement(
          "$T $N = $L",
          component.shape().type(),
          readLocals.get(component),
          missing.initial(component));
      missing.declareAge(method, component);
    }
  }

  private interface Reading {
    CodeBlock of(ComponentModel component);
  }

  private void readLoop(MethodSpec.Builder method, Reading reading) {
    method.beginControlFlow(
        "for ($T name = in.nextName(); name != null; name = in.nextName())", String.class);
    if (record.components().isEmpty()) {
      method.addStatement("in.skip()");
    } else {
      method.beginControlFlow("switch (name)");
      for (ComponentModel component : record.components()) {
        missing.addCases(
            method,
            component,
            CodeBlock.of("$N = $L", readLocals.get(component), reading.of(component)));
      }
      method.addStatement("default -> in.skip()").endControlFlow();
    }
    method.endControlFlow();
  }

  private MethodSpec freezeTerm() {
    MethodSpec.Builder method =
        overriding("freeze", record.type())
            .addParameter(record.type(), "value")
            .beginControlFlow("if (value == null)")
            .addStatement("return null")
            .endControlFlow();
    for (ComponentModel component : mutableComponents()) {
      method.addStatement(
          "$T $N = $L.freeze(value.$N())",
          component.shape().type(),
          freezeLocals.get(component),
          plan.codec(component.shape()),
          component.name());
    }
    return returnFrozen(method, "value");
  }

  private MethodSpec freezeState() {
    MethodSpec.Builder method =
        overriding("freeze", record.type())
            .addParameter(record.type(), "before")
            .addParameter(record.type(), "after");
    method
        .beginControlFlow("if (after == null || after == before)")
        .addStatement("return after")
        .endControlFlow();
    for (ComponentModel component : mutableComponents()) {
      method.addStatement(
          "$T $N = $L.freeze(before == null ? null : before.$N(), after.$N())",
          component.shape().type(),
          freezeLocals.get(component),
          plan.stateCodec(component),
          component.name(),
          component.name());
    }
    return returnFrozen(method, "after");
  }

  private MethodSpec returnFrozen(MethodSpec.Builder method, String original) {
    CodeBlock same =
        mutableComponents().stream()
            .map(it -> CodeBlock.of("$N == $N.$N()", freezeLocals.get(it), original, it.name()))
            .collect(CodeBlock.joining(" && "));
    CodeBlock copy =
        record.components().stream()
            .map(
                it ->
                    plan.isImmutable(it.shape())
                        ? CodeBlock.of("$N.$N()", original, it.name())
                        : CodeBlock.of("$N", freezeLocals.get(it)))
            .collect(CodeBlock.joining(", "));
    return method
        .addAnnotation(
            AnnotationSpec.builder(SuppressWarnings.class)
                .addMember("value", "{$S, $S}", "OptionalEquality", "ReferenceEquality")
                .build())
        .addStatement("return $L ? $N : new $T($L)", same, original, record.type(), copy)
        .build();
  }

  private MethodSpec put() {
    MethodSpec.Builder method =
        overriding("put", TypeName.VOID)
            .addParameter(STATE_WRITER, "out")
            .addParameter(record.type(), "value");
    for (ComponentModel component : record.components()) {
      String constant = constants.get(component);
      if (isPrimitive(component)) {
        method.addStatement("out.put($N, value.$N())", constant, component.name());
      } else {
        method.addStatement(
            "out.$L($N, $L, value.$N())",
            plan.hasParts(component) ? "putRecord" : "putTerm",
            constant,
            plan.stateCodec(component),
            component.name());
      }
    }
    return method.build();
  }

  private MethodSpec change() {
    MethodSpec.Builder method =
        overriding("change", TypeName.VOID)
            .addParameter(STATE_WRITER, "out")
            .addParameter(record.type(), "before")
            .addParameter(record.type(), "after");
    for (ComponentModel component : record.components()) {
      String constant = constants.get(component);
      String accessor = component.name();
      if (isPrimitive(component)) {
        method.addStatement(
            "out.change($N, before.$N(), after.$N())", constant, accessor, accessor);
      } else {
        method.addStatement(
            "out.$L($N, $L, before.$N(), after.$N())",
            plan.hasParts(component) ? "changeRecord" : "changeTerm",
            constant,
            plan.stateCodec(component),
            accessor,
            accessor);
      }
    }
    return method.build();
  }

  private List<ComponentModel> mutableComponents() {
    List<ComponentModel> mutable = new ArrayList<>(record.components());
    mutable.removeIf(component -> plan.isImmutable(component.shape()));
    return mutable;
  }

  private CodeBlock construct() {
    String arguments =
        record.components().stream().map(readLocals::get).collect(Collectors.joining(", "));
    return CodeBlock.of("new $T($L)", record.type(), arguments);
  }

  private static String outermost(TypeName type) {
    return CodecPlan.rawType(type).topLevelClassName().simpleName();
  }

  private static boolean isPrimitive(ComponentModel component) {
    return component.shape() instanceof Shape.Scalar it && it.type().isPrimitive();
  }

  /** Returns the suffix of the reader's methods: {@code Long} for {@code long}. */
  private static String readerSuffix(TypeName primitive) {
    String name = primitive.toString();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Returns the suffix of the writer's method: one method serves all integers that fit an int. */
  private static String writerSuffix(TypeName primitive) {
    boolean isSmall =
        primitive.equals(TypeName.BYTE)
            || primitive.equals(TypeName.SHORT)
            || primitive.equals(TypeName.CHAR);
    return isSmall ? "Int" : readerSuffix(primitive);
  }

  private static MethodSpec.Builder overriding(String method, TypeName returns) {
    return overriding(method, Modifier.PUBLIC, returns);
  }

  private static MethodSpec.Builder overriding(String method, Modifier access, TypeName returns) {
    return MethodSpec.methodBuilder(method)
        .addAnnotation(Override.class)
        .addModifiers(access)
        .returns(returns);
  }
}
