package io.dgen.processor.extract;

import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;

/**
 * A method that has the name of a callback.
 *
 * @param method the method, which may be inherited
 * @param parameterTypes what it takes, seen from the interface
 * @param returnType what it returns, seen from the interface
 * @param thrownTypes what it declares to throw
 */
public record CallbackDeclaration(
    ExecutableElement method,
    List<TypeMirror> parameterTypes,
    TypeMirror returnType,
    List<TypeMirror> thrownTypes) {

  /**
   * Returns the method's name.
   *
   * @return {@code handleCast}, {@code init} ...
   */
  public String name() {
    return method.getSimpleName().toString();
  }

  /**
   * Returns whether the method handles the answer to what the entity asked another one.
   *
   * @return whether its name says so, or it handles what is given up or locked and takes an answer
   */
  public boolean isAnswering() {
    return switch (name()) {
      case "handleAnswer" -> true;
      case "handleLocked", "handleDeadLetter" -> takesAnswer();
      default -> false;
    };
  }

  /**
   * Returns whether the method takes an {@code Answer}.
   *
   * @return whether a parameter is one, of whatever reply
   */
  public boolean takesAnswer() {
    return parameterTypes.stream().anyMatch(it -> DgenTypes.isNamed(it, "io.dgen.Answer"));
  }

  /**
   * Returns whether the method has a modifier.
   *
   * @param modifier a modifier
   * @return whether it is there
   */
  public boolean is(Modifier modifier) {
    return method.getModifiers().contains(modifier);
  }
}
