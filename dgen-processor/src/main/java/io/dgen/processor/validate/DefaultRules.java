package io.dgen.processor.validate;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.DefaultModel;
import io.dgen.processor.model.EnumModel;
import io.dgen.processor.model.Shape;
import io.dgen.processor.validate.Literals.Literal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Rules about {@code @Default}, which gives a value, checked here, or a method. */
final class DefaultRules {

  static final String DEFAULT = "io.dgen.annotations.Default";

  private static final String DECLARE = "declare such a method";

  private static final Pattern METHOD =
      Pattern.compile("(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)\\(\\)");

  private final DgenTypes types;
  private final Unresolved unresolved;
  private final ValidationReport report;
  private final Visibility visibility;
  private final Map<TypeName, EnumModel> enums;

  /**
   * Makes the rules.
   *
   * @param enums every enum that was reached, as it grows
   */
  DefaultRules(
      DgenTypes types,
      Visibility visibility,
      Unresolved unresolved,
      ValidationReport report,
      Map<TypeName, EnumModel> enums) {
    this.types = types;
    this.unresolved = unresolved;
    this.report = report;
    this.visibility = visibility;
    this.enums = enums;
  }

  /** Returns the default of a component, if it has one and that is right. */
  Optional<DefaultModel> of(
      TypeElement record,
      RecordComponentElement component,
      Shape shape,
      Element position,
      String path) {
    Optional<Written> written = Written.of(component, DEFAULT, unresolved);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Shape inner = shape instanceof Shape.Optional optional ? optional.element() : shape;
    Optional<Literal> literal = literal(inner);
    if (literal.isEmpty()) {
      return method(record, component, written.get(), position, path);
    }
    Optional<DefaultModel> value = literal.get().parse(written.get().text());
    if (value.isEmpty()) {
      report.error(
          position,
          written.get(),
          Message.DEFAULT_VALUE,
          path,
          literal.get().wanted(),
          written.get());
    }
    return shape instanceof Shape.Optional ? value.map(DefaultRules::optional) : value;
  }

  private static DefaultModel optional(DefaultModel value) {
    return new DefaultModel(
        CodeBlock.of("$T.of($L)", Optional.class, value.expression()), DefaultModel.Kind.VALUE);
  }

  private Optional<Literal> literal(Shape shape) {
    if (!(shape instanceof Shape.Enum)) {
      return shape instanceof Shape.Scalar ? Literals.of(shape.type()) : Optional.empty();
    }
    List<String> names =
        Optional.ofNullable(enums.get(shape.type())).stream()
            .flatMap(it -> it.constants().stream())
            .map(EnumModel.Constant::name)
            .toList();
    return Optional.of(
        new Literal(
            names.stream().collect(Collectors.joining(", ", "one of ", "")),
            DefaultModel.Kind.VALUE,
            text -> {
              if (!names.contains(text)) {
                throw new IllegalArgumentException(text);
              }
              return CodeBlock.of("$T.$N", shape.type(), text);
            }));
  }

  private Optional<DefaultModel> method(
      TypeElement record,
      RecordComponentElement component,
      Written written,
      Element position,
      String path) {
    Matcher call = METHOD.matcher(written.text());
    String name = call.matches() ? call.group(1) : "";
    List<ExecutableElement> methods = named(name, record);
    for (ExecutableElement method : methods) {
      if (problem(method, component).isEmpty()) {
        return Optional.of(
            new DefaultModel(
                CodeBlock.of("$T.$N()", TypeName.get(types.types().erasure(record.asType())), name),
                DefaultModel.Kind.METHOD));
      }
    }
    Problem problem =
        name.isEmpty()
            ? new Problem(written.toString(), DECLARE)
            : methods.isEmpty()
                ? elsewhere(name, record)
                : problem(methods.getFirst(), component).orElseThrow();
    report.error(
        position,
        written,
        Message.DEFAULT_METHOD,
        path,
        Display.simple(component.asType()),
        record.getSimpleName(),
        problem.found(),
        problem.todo());
    return Optional.empty();
  }

  private static List<ExecutableElement> named(String name, TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(it -> it.getSimpleName().contentEquals(name))
        .toList();
  }

  /** Returns the problem that the record has no such method; perhaps an enclosing type has one. */
  private static Problem elsewhere(String name, TypeElement record) {
    for (@Nullable Element at = record.getEnclosingElement();
        at instanceof TypeElement type;
        at = at.getEnclosingElement()) {
      if (!named(name, type).isEmpty()) {
        return new Problem(
            name + "() in " + type.getSimpleName(), "move it to " + record.getSimpleName());
      }
    }
    return new Problem("no method " + name + "()", DECLARE);
  }

  private Optional<Problem> problem(ExecutableElement method, RecordComponentElement component) {
    String name = method.getSimpleName() + "(";
    String found = name + "), which ";
    if (!method.getParameters().isEmpty()) {
      String parameters =
          method.getParameters().stream()
              .map(it -> Display.simple(it.asType()))
              .collect(Collectors.joining(", "));
      return problem(name + parameters + "), which has parameters", "remove them");
    }
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      return problem(found + "is not static", "make it static");
    }
    if (!visibility.isVisible(method)) {
      return problem(found + "is not visible", "make it visible");
    }
    if (!method.getTypeParameters().isEmpty()) {
      String parameters = Display.typeParameters(method.getTypeParameters());
      return problem(found + "has type parameters <" + parameters + ">", "remove them");
    }
    if (!method.getThrownTypes().isEmpty()) {
      String thrown = Display.simple(method.getThrownTypes().getFirst());
      return problem(found + "throws " + thrown, "catch it");
    }
    TypeMirror returned = method.getReturnType();
    if (!types.types().isAssignable(returned, component.asType())) {
      Display names = Display.among(List.of(returned, component.asType()));
      return problem(
          found + "returns " + names.of(returned), "return " + names.of(component.asType()));
    }
    return Optional.empty();
  }

  private static Optional<Problem> problem(String found, String todo) {
    return Optional.of(new Problem(found, todo));
  }

  /** A problem with a method, and what to do. */
  private record Problem(String found, String todo) {}
}
