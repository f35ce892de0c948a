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

/** Reads the declarations without checking them. */
public final class ServerExtractor {

  private static final Map<Kind, String> MARKERS =
      Map.of(Kind.CALL, "Call", Kind.CAST, "Cast", Kind.INFO, "Info", Kind.QUERY, "Query");

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
    ServerDeclaration server = declared(type);
    ServerExtractor ofOthers = new ServerExtractor(types, unresolved.another());
    return server.asking(new AskExtractor(unresolved, ofOthers::declared).asks(server));
  }

  private ServerDeclaration declared(TypeElement type) {
    AnnotationMirror annotation = annotationOf(type);
    List<TypeElement> nested = ElementFilter.typesIn(type.getEnclosedElements());
    if (type.getKind() == ElementKind.INTERFACE && !Inheritance.isConsistent(types, type)) {
      unresolved.note(type.toString());
    }
    Optional<AnnotationValue> state = Annotations.value(annotation, "state");
    InstanceMethods methods = InstanceMethods.of(type, types);
    List<CallbackDeclaration> callbacks = methods.callbacks();
    return new ServerDeclaration(
        type,
        annotation,
        textOf(annotation, "name"),
        state,
        state.flatMap(this::typeOf),
        nested.stream().filter(it -> it.getSimpleName().contentEquals("State")).findFirst(),
        messagesOf(nested, callbacks),
        stepsOf(nested),
        callbacks,
        methods.others(),
        methods.hasAbstract() || Inheritance.hidesProtected(types, type),
        List.of());
  }

  private static AnnotationMirror annotationOf(TypeElement type) {
    return Annotations.find(type, DgenTypes.ANNOTATION)
        .orElseThrow(() -> new IllegalArgumentException(type + " is not annotated"));
  }

  /** Returns a value that must be text; the compiler reports one that does not exist. */
  private Optional<AnnotationValue> textOf(AnnotationMirror annotation, String name) {
    Optional<AnnotationValue> value = Annotations.value(annotation, name);
    if (value.isPresent() && !Annotations.isText(value.get())) {
      unresolved.note(value.get().toString());
      return Optional.empty();
    }
    return value;
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

  private List<MessageDeclaration> messagesOf(
      List<TypeElement> nested, List<CallbackDeclaration> callbacks) {
    List<MessageDeclaration> messages = new ArrayList<>();
    for (TypeElement type : nested) {
      boolean isOpen = type.getInterfaces().stream().filter(unresolved::check).count() > 0;
      if (type.getKind() == ElementKind.INTERFACE
          || type.getKind() == ElementKind.ANNOTATION_TYPE) {
        continue;
      }
      if (Declarations.areWrong(type)) {
        unresolved.note(type.toString());
        continue;
      }
      Set<Kind> kinds = EnumSet.noneOf(Kind.class);
      for (Kind kind : MARKERS.keySet()) {
        if (types.supertype(type.asType(), markerOf(kind)) != null) {
          kinds.add(kind);
        }
      }
      if (kinds.isEmpty() && isOpen) {
        kindOf(type, callbacks).ifPresent(kinds::add);
      }
      if (!kinds.isEmpty()) {
        messages.add(messageOf(type, kinds));
      }
    }
    return messages;
  }

  /**
   * Returns the kind of a type that implements what does not exist, or not yet: by the callback
   * that takes it. If there is none, or another, the server turns out wrong in any case.
   */
  private static Optional<Kind> kindOf(TypeElement type, List<CallbackDeclaration> callbacks) {
    return callbacks.stream()
        .filter(
            callback ->
                callback.parameterTypes().stream()
                    .anyMatch(it -> it instanceof DeclaredType t && t.asElement().equals(type)))
        .flatMap(
            callback ->
                MARKERS.entrySet().stream()
                    .filter(it -> callback.name().equals("handle" + it.getValue())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String markerOf(Kind kind) {
    return java.util.Objects.requireNonNull(MARKERS.get(kind));
  }

  private MessageDeclaration messageOf(TypeElement type, Set<Kind> kinds) {
    @Nullable DeclaredType replying =
        types.supertype(type.asType(), kinds.contains(Kind.CALL) ? "Call" : "Query");
    Optional<TypeMirror> reply =
        replying == null
            ? Optional.empty()
            : replying.getTypeArguments().stream().findFirst().map(it -> it);
    return new MessageDeclaration(
        type,
        List.copyOf(type.getRecordComponents()),
        hasEllipsis(type),
        kinds,
        clientName(type),
        reply);
  }

  /** Returns the steps; a type that implements what does not exist was noted with the messages. */
  private List<StepDeclaration> stepsOf(List<TypeElement> nested) {
    List<StepDeclaration> steps = new ArrayList<>();
    for (TypeElement type : nested) {
      boolean isAbstract =
          type.getKind() == ElementKind.INTERFACE || type.getKind() == ElementKind.ANNOTATION_TYPE;
      @Nullable DeclaredType step = isAbstract ? null : types.supertype(type.asType(), "Step");
      if (step != null && !Declarations.areWrong(type)) {
        boolean isMessage =
            MARKERS.values().stream().anyMatch(it -> types.supertype(type.asType(), it) != null);
        steps.add(
            new StepDeclaration(
                type, isMessage, step.getTypeArguments().stream().findFirst().map(it -> it)));
      }
    }
    return List.copyOf(steps);
  }

  private Optional<String> clientName(TypeElement type) {
    return Annotations.find(type, DgenTypes.CLIENT_NAME)
        .flatMap(it -> textOf(it, "value"))
        .map(it -> String.valueOf(it.getValue()));
  }

  /** Returns whether a record has varargs, which only its canonical constructor shows. */
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
