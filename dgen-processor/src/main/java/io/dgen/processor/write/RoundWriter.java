package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.GeneratedNames;
import javax.lang.model.element.Modifier;

/**
 * Writes a class without content. javac has a further round only after one in which a class was
 * written, and reports what is missing in the last round before stubs could replace it.
 */
public final class RoundWriter {

  private RoundWriter() {}

  /**
   * Writes the file.
   *
   * @param api the server
   * @return {@code CounterAnswers} for {@code Counter}
   */
  public static JavaFile write(ApiModel api) {
    ClassName name = api.generated(GeneratedNames.ANSWERS);
    return Generated.file(
        name,
        Generated.start(TypeSpec.classBuilder(name), api)
            .addModifiers(Modifier.FINAL)
            .addJavadoc(
                "Is empty. Another processor writes a type of an answer that {@link $T} takes.\n",
                api.type())
            .build());
  }
}
