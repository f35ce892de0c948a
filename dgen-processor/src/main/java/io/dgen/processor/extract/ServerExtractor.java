package io.dgen.processor.extract;

import io.dgen.processor.model.MessageModel.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads what was declared, and judges nothing. */
public final class ServerExtractor {

  private static final Map<Kind, String> MARKERS =
      Map.of(Kind.CALL, "Call", Kind.CAST, "Cast", Kind.INFO, "Info");

  private final DgenTypes types;
  private final Unresolved unresolved;

  /**
   * Makes an extractor.
   *
   * @param types the runtime's types
   * @param unresolved gets the supertypes and the state that do not exist
   */
  public ServerExtractor(DgenTypes types, Unresolved unresolved) {
    this.types = types;
    this.unresolved = unresolved;
  }

  /**
   * Reads one server.
   *
   * @param type the annotated type
   * @return what was declared
   */
  public ServerDeclaration extract(TypeElement type) {
    AnnotationMirror annotation = annotationOf(type);
    List<TypeElement> nested = ElementFilter.typesIn(type.getEnclosedElements());
    Optional<AnnotationValue> state = valueOf(annotation, "state");
    InstanceMethods methods = InstanceMethods.of(type, types);
    return new ServerDeclaration(
        type,
        annotation,
        valueOf(annotation, "name"),
        state,
        state.flatMap(this::typeOf),
        nested.stream().filter(it -> it.getSimpleName().contentEquals("State")).findFirst(),
        messagesOf(nested),
        methods.callbacks(),
        methods.hasAbstract());
  }

  private static AnnotationMirror annotationOf(TypeElement type) {
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
      if (annotation.getQualifiedName().contentEquals(DgenTypes.ANNOTATION)) {
        return mirror;
      }
    }
    throw new IllegalArgumentException(type + " is not annotated");
  }

  private static Optional<AnnotationValue> valueOf(AnnotationMirror annotation, String name) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        annotation.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(name)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  private Optional<TypeElement> typeOf(AnnotationValue value) {
    if (!(value.getValue() instanceof TypeMirror type)) {
      // A class that does not exist is the text "<error>".
      unresolved.note(String.valueOf(value.getValue()));
      return Optional.empty();
    }
    if (unresolved.check(type) || type.getKind() != TypeKind.DECLARED) {
      return Optional.empty();
    }
    return Optional.of((TypeElement) ((DeclaredType) type).asElement());
  }

  private List<MessageDeclaration> messagesOf(List<TypeElement> nested) {
    List<MessageDeclaration> messages = new ArrayList<>();
    for (TypeElement type : nested) {
      type.getInterfaces().forEach(unresolved::check);
      if (type.getKind() == ElementKind.INTERFACE
          || type.getKind() == ElementKind.ANNOTATION_TYPE) {
        continue;
      }
      Set<Kind> kinds = EnumSet.noneOf(Kind.class);
      for (Kind kind : Kind.values()) {
        if (types.supertype(type.asType(), markerOf(kind)) != null) {
          kinds.add(kind);
        }
      }
      if (!kinds.isEmpty()) {
        messages.add(messageOf(type, kinds));
      }
    }
    return messages;
  }

  private static String markerOf(Kind kind) {
    return java.util.Objects.requireNonNull(MARKERS.get(kind));
  }

  private MessageDeclaration messageOf(TypeElement type, Set<Kind> kinds) {
    @Nullable DeclaredType call = types.supertype(type.asType(), "Call");
    Optional<TypeMirror> reply =
        call == null
            ? Optional.empty()
            : call.getTypeArguments().stream().findFirst().map(it -> it);
    return new MessageDeclaration(
        type,
        List.copyOf(type.getRecordComponents()),
        hasEllipsis(type),
        kinds,
        clientName(type),
        reply);
  }

  private static Optional<String> clientName(TypeElement type) {
    return type.getAnnotationMirrors().stream()
        .filter(
            it ->
                ((TypeElement) it.getAnnotationType().asElement())
                    .getQualifiedName()
                    .contentEquals(DgenTypes.CLIENT_NAME))
        .findFirst()
        .flatMap(it -> valueOf(it, "value"))
        .map(it -> String.valueOf(it.getValue()));
  }

  /** A component does not know of its ellipsis; the canonical constructor does. */
  private boolean hasEllipsis(TypeElement record) {
    List<? extends RecordComponentElement> components = record.getRecordComponents();
    for (ExecutableElement constructor :
        ElementFilter.constructorsIn(record.getEnclosedElements())) {
      if (constructor.isVarArgs()
          && constructor.getParameters().size() == components.size()
          && sameTypes(constructor.getParameters(), components)) {
        return true;
      }
    }
    return false;
  }

  private boolean sameTypes(List<? extends Element> some, List<? extends Element> others) {
    for (int i = 0; i < some.size(); i++) {
      if (!types.types().isSameType(some.get(i).asType(), others.get(i).asType())) {
        return false;
      }
    }
    return true;
  }
}
