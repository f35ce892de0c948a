package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.AskDeclaration;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.GeneratedNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Rules about the calls with which a server asks others: whether they are right where they are
 * declared, and the names that they give to generated code.
 */
final class AskRules {

  private static final List<String> WITHIN = List.of("java.time.Duration");

  private final DgenTypes types;
  private final ServerDeclaration server;
  private final Unresolved unresolved;
  private final ValidationReport report;
  private final String message;
  private final String asks;

  /** The names of the nested classes of the messages, in lower case, and what gives them. */
  private final Map<String, String> classes = new HashMap<>();

  /** The methods that choose an entity, in lower case, and the server that each is for. */
  private final Map<String, ServerDeclaration> methods = new HashMap<>();

  AskRules(
      DgenTypes types, ServerDeclaration server, Unresolved unresolved, ValidationReport report) {
    this.types = types;
    this.server = server;
    this.unresolved = unresolved;
    this.report = report;
    this.message = GeneratedNames.of(ClassName.get(server.type()), "Message").simpleName();
    this.asks = GeneratedNames.of(ClassName.get(server.type()), GeneratedNames.ASKS).simpleName();
    NameRules.kinds(server).forEach(it -> classes.put(it.toLowerCase(Locale.ROOT), message));
    classes.put(message.toLowerCase(Locale.ROOT), "the class itself");
  }

  /**
   * Checks what is asked.
   *
   * @param messages the messages of the server itself
   * @return the calls whose names can be generated
   */
  List<AskDeclaration> check(List<MessageDeclaration> messages) {
    messages.forEach(
        it -> classes.put(it.name().toLowerCase(Locale.ROOT), "message record " + it.name()));
    List<AskDeclaration> named = new ArrayList<>();
    for (AskDeclaration ask : server.asks()) {
      if (isDeclaredWell(ask) && isNamedWell(ask)) {
        named.add(ask);
      }
    }
    return named;
  }

  /** Returns whether the asked server has the message class; if not, it has an error of its own. */
  private boolean isDeclaredWell(AskDeclaration ask) {
    ServerDeclaration asked = ask.server();
    ValidationReport theirs = new ValidationReport(asked.type());
    Optional<TypeElement> noState = Optional.empty();
    boolean isKnown =
        new MessageRules(unresolved.another(), theirs)
            .check(asked, noState).stream()
                .anyMatch(it -> it.element().equals(ask.message().element()));
    boolean isRight = isKnown && ask.message().reply().isPresent();
    if (!isRight) {
      report.addElsewhere();
    }
    return isRight;
  }

  private boolean isNamedWell(AskDeclaration ask) {
    return isNewClass(ask) && isNewMethod(ask) && hasMethod(ask);
  }

  private boolean isNewClass(AskDeclaration ask) {
    String wrapper = ask.wrapper();
    String member = "a nested class " + wrapper;
    if (NameRules.isPackage(wrapper, server.type())) {
      report.error(
          ask.at(), Message.ASK_NAME, ask.shown(), message, member, "a package that it refers to");
      return false;
    }
    @Nullable String other =
        classes.putIfAbsent(wrapper.toLowerCase(Locale.ROOT), "asking " + ask.shown());
    if (other != null) {
      report.error(ask.at(), Message.SAME_ASK, ask.shown(), message, member, other);
      return false;
    }
    return isShort(ask, message + "$" + wrapper + ".class")
        && isShort(ask, asks + "$To" + ask.server().simpleName() + ".class");
  }

  private boolean isShort(AskDeclaration ask, String file) {
    boolean isShort = GeneratedNames.bytes(file) <= GeneratedNames.LONGEST_FILE_NAME;
    if (!isShort) {
      report.error(
          ask.at(),
          Message.NAME_LENGTH,
          "what " + server.simpleName() + " asks, " + ask.shown() + ",",
          file,
          GeneratedNames.bytes(file));
    }
    return isShort;
  }

  private boolean isNewMethod(AskDeclaration ask) {
    String method = ask.method();
    if (SourceVersion.isKeyword(method, SourceVersion.latest())) {
      report.error(
          ask.at(),
          Message.ASK_NAME,
          ask.shown(),
          asks,
          "a method " + method + "()",
          "the Java language");
      return false;
    }
    ServerDeclaration other =
        methods.computeIfAbsent(method.toLowerCase(Locale.ROOT), it -> ask.server());
    if (!other.type().equals(ask.server().type())) {
      report.error(
          ask.at(),
          Message.SAME_ASK,
          ask.shown(),
          asks,
          "a method " + method + "()",
          "asking " + other.type().getQualifiedName());
      return false;
    }
    return true;
  }

  private boolean hasMethod(AskDeclaration ask) {
    MessageDeclaration call = ask.message();
    List<String> taken =
        call.components().stream().map(it -> TypeName.get(it.asType()).toString()).toList();
    if (call.method().equals("within") && taken.equals(WITHIN)) {
      report.error(
          ask.at(),
          Message.ASK_NAME,
          ask.shown(),
          asks + ".To" + ask.server().simpleName(),
          "a method within()",
          "every class that asks");
      return false;
    }
    return true;
  }

  /**
   * Returns whether the types of a call are right, as far as they can be for the server that is
   * asked; if not, it has an error of its own.
   */
  boolean hasRightTypes(AskDeclaration ask) {
    ServerDeclaration asked = ask.server();
    ValidationReport theirs = new ValidationReport(asked.type());
    ShapeRules shapes =
        new ShapeRules(
            types, new Visibility(types.elements(), asked.type()), unresolved.another(), theirs);
    MessageDeclaration call = ask.message();
    shapes.componentsOf(call.element(), call.element());
    call.reply().ifPresent(it -> shapes.replyOf(call.element(), it, call.element()));
    if (!theirs.isClean()) {
      report.addElsewhere();
    }
    return theirs.isClean();
  }

  /** Returns the names under which an answer was stored before, the newest first. */
  List<String> formerNames(AskDeclaration ask) {
    TypeElement record = ask.message().element();
    return new RenameRules(unresolved.another(), new ValidationReport(ask.server().type()))
        .check("", List.of(record), record).getOrDefault(record, List.of()).stream()
            .map(it -> ask.server().storedName() + "." + it)
            .toList();
  }
}
