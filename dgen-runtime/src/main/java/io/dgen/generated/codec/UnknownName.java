package io.dgen.generated.codec;

/**
 * What is said of a name that was stored and that this version of the code does not have: the one
 * place where these errors are worded.
 */
final class UnknownName {

  private UnknownName() {}

  static String ofConstant(String type, String name) {
    return "enum " + type + " has no constant " + name + "; is this node older than the writer?";
  }

  static String ofVariant(String type, String name) {
    return "sealed " + type + " has no variant " + name + "; is this node older than the writer?";
  }
}
