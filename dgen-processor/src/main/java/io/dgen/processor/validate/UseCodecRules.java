package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.Annotations;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.Shape;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Rules about the codec that {@code @UseCodec} names. */
final class UseCodecRules {

  static final String USE_CODEC = "io.dgen.annotations.UseCodec";
  private static final String TERM_CODEC = "codec.TermCodec";

  private final DgenTypes types;
  private final Visibility visibility;
  private final Unresolved unresolved;
  private final ValidationReport report;

  UseCodecRules(
      DgenTypes types, Visibility visibility, Unresolved unresolved, ValidationReport report) {
    this.types = types;
    this.visibility = visibility;
    this.unresolved = unresolved;
    this.report = report;
  }

  /** Returns whether a component or a type names a codec. */
  static boolean isOn(Element element) {
    return CodecAnnotations.has(element, USE_CODEC);
  }

  /**
   * Returns the shape of a type for which a codec is named.
   *
   * @param marked the component or type with the annotation
   * @param type the type
   * @return the shape, if the codec can be used
   */
  Optional<Shape> shapeOf(Element marked, TypeMirror type, Element at, String path) {
    AnnotationMirror annotation = Annotations.find(marked, USE_CODEC).orElseThrow();
    Optional<TypeMirror> written = named(annotation);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    TypeMirror named = written.get();
    String name = Display.simple(named);
    DeclaredType codec = named.getKind() == TypeKind.DECLARED ? codec(named) : null;
    if (codec == null) {
      report.errorAt(marked, USE_CODEC, at, Message.NOT_CODEC, path, name);
      return Optional.empty();
    }
    TypeElement element = (TypeElement) ((DeclaredType) named).asElement();
    Optional<Element> hidden = visibility.hiddenBy(element);
    if (hidden.isPresent()) {
      report.errorAt(
          marked, USE_CODEC, at, Message.CODEC_HIDDEN, path, name, hidden.get().getSimpleName());
      return Optional.empty();
    }
    Optional<String> problem = problemOfClass(element);
    if (problem.isPresent()) {
      report.errorAt(marked, USE_CODEC, at, Message.CODEC_CLASS, path, name, problem.get());
      return Optional.empty();
    }
    problem = problemOfConstructor(element);
    if (problem.isPresent()) {
      report.errorAt(marked, USE_CODEC, at, Message.CODEC_CONSTRUCTOR, path, name, problem.get());
      return Optional.empty();
    }
    TypeMirror boxed =
        type.getKind().isPrimitive()
            ? types.types().boxedClass((PrimitiveType) type).asType()
            : type;
    List<? extends TypeMirror> arguments = codec.getTypeArguments();
    Display names = Display.among(List.of(boxed, codec));
    if (arguments.isEmpty() || !types.isSame(arguments.getFirst(), boxed)) {
      report.errorAt(
          marked, USE_CODEC, at, Message.CODEC_TYPE, path, name, names.of(boxed), names.of(codec));
      return Optional.empty();
    }
    return Optional.of(
        new Shape.Custom(TypeName.get(type), ClassName.get(element), ImmutableTypes.contain(type)));
  }

  private @Nullable DeclaredType codec(TypeMirror named) {
    return types.supertype(named, TERM_CODEC);
  }

  /**
   * Returns the named class; the compiler reports a value that is not a class or does not exist.
   */
  private Optional<TypeMirror> named(AnnotationMirror annotation) {
    Optional<TypeMirror> type =
        Annotations.value(annotation, "value")
            .map(AnnotationValue::getValue)
            .filter(TypeMirror.class::isInstance)
            .map(TypeMirror.class::cast);
    if (type.isEmpty()) {
      unresolved.note(annotation.toString());
    }
    return type.filter(it -> !unresolved.check(it));
  }

  private static Optional<String> problemOfClass(TypeElement codec) {
    if (codec.getKind() != ElementKind.CLASS && codec.getKind() != ElementKind.RECORD) {
      return Optional.of(Display.kind(codec));
    }
    if (codec.getModifiers().contains(Modifier.ABSTRACT)) {
      return Optional.of("an abstract class");
    }
    if (!codec.getTypeParameters().isEmpty()) {
      return Optional.of("type parameters");
    }
    boolean isInner =
        codec.getEnclosingElement() instanceof TypeElement
            && !codec.getModifiers().contains(Modifier.STATIC);
    return isInner ? Optional.of("an inner class") : Optional.empty();
  }

  private Optional<String> problemOfConstructor(TypeElement codec) {
    for (ExecutableElement it : ElementFilter.constructorsIn(codec.getEnclosedElements())) {
      if (!it.getParameters().isEmpty()) {
        continue;
      }
      if (!visibility.isVisible(it)) {
        return Optional.of("one that is not visible");
      }
      return it.getThrownTypes().stream()
          .filter(this::isChecked)
          .map(thrown -> "one that throws " + Display.simple(thrown))
          .findFirst();
    }
    return Optional.of("none");
  }

  private boolean isChecked(TypeMirror thrown) {
    return List.of("java.lang.RuntimeException", "java.lang.Error").stream()
        .map(types.elements()::getTypeElement)
        .noneMatch(above -> above != null && types.types().isSubtype(thrown, above.asType()));
  }
}
