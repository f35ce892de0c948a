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
import javax.lang.model.util.ElementFilter;

/** What {@code @Default} says: a value, checked here, or a method. */
final class DefaultRules {

  static final String DEFAULT = "io.dgen.annotations.Default";

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

  /** What a component reads as when it was not stored, if it says so and that is right. */
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
    if (call.matches()) {
      String name = call.group(1);
      for (ExecutableElement method : ElementFilter.methodsIn(record.getEnclosedElements())) {
        if (method.getSimpleName().contentEquals(name) && gives(method, component)) {
          return Optional.of(
              new DefaultModel(
                  CodeBlock.of(
                      "$T.$N()", TypeName.get(types.types().erasure(record.asType())), name),
                  DefaultModel.Kind.METHOD));
        }
      }
    }
    report.error(
        position,
        written,
        Message.DEFAULT_METHOD,
        path,
        Display.simple(component.asType()),
        record.getSimpleName(),
        written);
    return Optional.empty();
  }

  private boolean gives(ExecutableElement method, RecordComponentElement component) {
    return method.getModifiers().contains(Modifier.STATIC)
        && visibility.isVisible(method)
        && method.getParameters().isEmpty()
        && method.getTypeParameters().isEmpty()
        && method.getThrownTypes().isEmpty()
        && types.types().isAssignable(method.getReturnType(), component.asType());
  }
}
