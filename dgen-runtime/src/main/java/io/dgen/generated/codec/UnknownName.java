package io.dgen.generated.codec;

/** The error messages about a stored name that this version of the code does not have. */
final class UnknownName {

  private UnknownName() {}

  static String ofConstant(String type, String name) {
    return "enum " + type + " has no constant " + name + "; is this node older than the writer?";
  }

  static String ofVariant(String type, String name) {
    return "sealed " + type + " has no variant " + name + "; is this node older than the writer?";
  }
}
