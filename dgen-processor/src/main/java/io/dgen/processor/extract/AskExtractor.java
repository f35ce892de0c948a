package io.dgen.processor.extract;

import io.dgen.processor.model.MessageModel.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Finds the calls with which a server asks others, by the methods that take the answers. */
final class AskExtractor {

  private final Unresolved unresolved;
  private final Function<TypeElement, ServerDeclaration> declared;
  private final Map<TypeElement, ServerDeclaration> others = new HashMap<>();

  /**
   * Makes an extractor.
   *
   * @param unresolved gets the types that a call implements and that do not exist
   * @param declared reads another server
   */
  AskExtractor(Unresolved unresolved, Function<TypeElement, ServerDeclaration> declared) {
    this.unresolved = unresolved;
    this.declared = declared;
  }

  /** Returns the calls, in the order of the methods. */
  List<AskDeclaration> asks(ServerDeclaration server) {
    Map<TypeElement, AskDeclaration> asks = new LinkedHashMap<>();
    List<CallbackDeclaration> methods =
        Stream.concat(
                server.callbacks().stream().filter(it -> it.isAnswering() || it.takesAnswer()),
                server.others().stream().filter(it -> isMeant(it, server)))
            .toList();
    for (CallbackDeclaration method : methods) {
      for (int i = 0; i < method.parameterTypes().size(); i++) {
        if (method.parameterTypes().get(i) instanceof DeclaredType type
            && type.getKind() == TypeKind.DECLARED
            && type.asElement() instanceof TypeElement record
            && record.getEnclosingElement() instanceof TypeElement around
            && Annotations.find(around, DgenTypes.ANNOTATION).isPresent()
            && !asks.containsKey(record)) {
          record.getInterfaces().forEach(unresolved::check);
          ServerDeclaration asked = others.computeIfAbsent(around, declared);
          for (MessageDeclaration message : asked.messages()) {
            if (message.element().equals(record) && message.kinds().contains(Kind.CALL)) {
              asks.put(
                  record,
                  new AskDeclaration(
                      asked, answering(message), method.method().getParameters().get(i)));
            }
          }
        }
      }
    }
    return new ArrayList<>(asks.values());
  }

  /** Returns whether a method takes what a {@code handleAnswer} does, but has another name. */
  private static boolean isMeant(CallbackDeclaration method, ServerDeclaration server) {
    return method.takesAnswer()
        && !method.is(Modifier.STATIC)
        && !method.is(Modifier.PRIVATE)
        && method.parameterTypes().stream().anyMatch(it -> isState(it, server));
  }

  private static boolean isState(TypeMirror type, ServerDeclaration server) {
    return type instanceof DeclaredType declared
        && Stream.concat(server.namedState().stream(), server.nestedState().stream())
            .anyMatch(declared.asElement()::equals);
  }

  private static MessageDeclaration answering(MessageDeclaration call) {
    return new MessageDeclaration(
        call.element(),
        call.components(),
        call.varargs(),
        Set.of(Kind.ANSWER),
        call.clientName(),
        call.reply());
  }
}
