package io.dgen.processor.write;

import com.squareup.javapoet.CodeBlock;
import io.dgen.processor.model.ApiModel;

/**
 * The bodies of methods that are generated for a server that has errors: they only have to compile.
 */
final class Stubs {

  private Stubs() {}

  static CodeBlock body(ApiModel api) {
    return CodeBlock.of(
        "throw new $T($S)",
        IllegalStateException.class,
        api.type().simpleName() + " has compile errors");
  }
}
