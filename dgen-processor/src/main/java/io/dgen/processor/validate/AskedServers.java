package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import io.dgen.processor.extract.AskDeclaration;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.ApiModel.Asked;
import io.dgen.processor.model.ApiModel.Rejected;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * The servers that are asked, each with its calls. What is wrong gets methods too, so that code
 * that asks with it is not a second error.
 */
final class AskedServers {

  /** A server, under the method that chooses an entity of it. */
  private static final class Group {
    private final TypeElement type;
    private final String name;
    private final List<ApiMessage> known = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    Group(TypeElement type, String name) {
      this.type = type;
      this.name = name;
    }
  }

  private final ServerDeclaration server;
  private final Function<MessageDeclaration, Optional<ApiMessage>> asMessage;
  private final Map<String, Group> groups = new LinkedHashMap<>();

  /**
   * Makes the list of a server.
   *
   * @param server the server that asks
   * @param asMessage returns what generated code can say of a call; empty if it cannot name it
   */
  AskedServers(
      ServerDeclaration server, Function<MessageDeclaration, Optional<ApiMessage>> asMessage) {
    this.server = server;
    this.asMessage = asMessage;
  }

  /**
   * Returns the servers, in the order of their first use.
   *
   * @param right the calls whose names can be generated
   */
  List<Asked> of(List<AskDeclaration> right) {
    for (AskDeclaration ask : server.asks()) {
      Group group = group(ask.server().type(), ask.server().storedName());
      Optional<ApiMessage> message =
          right.contains(ask) && group.type.equals(ask.server().type())
              ? asMessage.apply(ask.message())
              : Optional.empty();
      message.ifPresentOrElse(group.known::add, () -> reject(group, ask.message().method()));
    }
    server.callbacks().stream()
        .filter(it -> it.name().equals("handleAnswer"))
        .flatMap(it -> it.parameterTypes().stream())
        .forEach(this::addMistaken);
    return groups.entrySet().stream()
        .filter(it -> !SourceVersion.isKeyword(it.getKey(), SourceVersion.latest()))
        .map(it -> new Asked(api(it.getValue()), it.getValue().name, it.getKey()))
        .toList();
  }

  private Group group(TypeElement type, String name) {
    return groups.computeIfAbsent(
        GeneratedNames.method(type.getSimpleName().toString()), it -> new Group(type, name));
  }

  /** Adds a record that somebody took for a call of a server. */
  private void addMistaken(TypeMirror type) {
    if (type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type).asElement() instanceof TypeElement record
        && record.getKind() == ElementKind.RECORD
        && record.getEnclosingElement() instanceof TypeElement around
        && server.nestedState().filter(record::equals).isEmpty()
        && server.asks().stream().noneMatch(it -> it.message().element().equals(record))) {
      String name = record.getSimpleName().toString();
      reject(group(around, around.getSimpleName().toString()), GeneratedNames.method(name));
    }
  }

  private static void reject(Group group, String method) {
    if (!SourceVersion.isKeyword(method, SourceVersion.latest())) {
      group.rejected.add(new Rejected(method, Kind.ANSWER));
    }
  }

  private static ApiModel api(Group group) {
    return new ApiModel(
        ClassName.get(group.type),
        Visibility.isPublic(group.type),
        true,
        group.rejected.isEmpty(),
        !group.known.isEmpty(),
        Optional.empty(),
        Optional.empty(),
        List.copyOf(group.known),
        List.of(),
        List.copyOf(group.rejected),
        false,
        List.of());
  }
}
