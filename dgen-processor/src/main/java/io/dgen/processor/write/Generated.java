package io.dgen.processor.write;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.extract.Annotations;
import io.dgen.processor.model.ApiModel;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** The classes that generated code refers to, and what every generated class has. */
public final class Generated {

  private static final String BASES = "io.dgen.generated";

  /** The package of the building blocks of generated codecs. */
  static final String CODECS = "io.dgen.generated.codec";

  static final ClassName ANSWERED = ClassName.get(BASES, "Answered");
  static final ClassName ASK_REF = ClassName.get(BASES, "AskRef");
  static final ClassName ASK_SENDER = ClassName.get(BASES, "AskSender");
  static final ClassName ASKING = ClassName.get(BASES, "Asking");
  static final ClassName BATCH_REF = ClassName.get(BASES, "BatchRef");
  static final ClassName CALLBACKS = ClassName.get(BASES, "Callbacks");
  static final ClassName CAST_CLIENT = ClassName.get(BASES, "CastClient");
  static final ClassName CAST_SENDER = ClassName.get(BASES, "CastSender");
  static final ClassName CONTEXT = ClassName.get("io.dgen", "Context");
  static final ClassName DELAYED_REF = ClassName.get(BASES, "DelayedRef");
  static final ClassName DGEN = ClassName.get("io.dgen", "Dgen");
  static final ClassName DGEN_EXCEPTION = ClassName.get("io.dgen", "DgenException");
  static final ClassName EMPTY_RECORD_CODEC = ClassName.get(CODECS, "EmptyRecordCodec");
  static final ClassName ENTITY_CLIENT = ClassName.get(BASES, "EntityClient");
  static final ClassName ENTITY_REF = ClassName.get(BASES, "EntityRef");
  static final ClassName GENERATED_SERVER = ClassName.get(BASES, "GeneratedServer");
  static final ClassName INVOCATION = ClassName.get(BASES, "Invocation");
  static final ClassName LOCKED_CONTEXT = ClassName.get("io.dgen", "LockedContext");
  static final ClassName LOCKED_RESULT = ClassName.get("io.dgen", "LockedResult");
  static final ClassName MESSAGE_CODEC = ClassName.get(BASES, "MessageCodec");
  static final ClassName MESSAGE_WRAPPER = ClassName.get(BASES, "MessageWrapper");
  static final ClassName MESSAGES = ClassName.get(BASES, "Messages");
  static final ClassName QUERY_CONTEXT = ClassName.get("io.dgen", "QueryContext");
  static final ClassName RECORD_CODEC = ClassName.get(CODECS, "RecordCodec");
  static final ClassName RESULT = ClassName.get("io.dgen", "Result");
  static final ClassName RESULTS = ClassName.get("io.dgen", "Results");
  static final ClassName DELAYED_MESSAGE = ClassName.get("io.dgen", "DelayedMessage");
  static final ClassName SERVER_DESCRIPTOR = ClassName.get(BASES, "ServerDescriptor");
  static final ClassName SERVER_MESSAGE = ClassName.get(BASES, "ServerMessage");
  static final ClassName STATE_CODEC = ClassName.get(CODECS, "StateCodec");
  static final ClassName STATE_RECORD_CODEC = ClassName.get(CODECS, "StateRecordCodec");
  static final ClassName STEP = ClassName.get("io.dgen", "Step");
  static final ClassName STEP_FORMS = ClassName.get(BASES, "StepForms");
  static final ClassName STEP_RETRY = ClassName.get("io.dgen", "StepRetry");
  static final ClassName STEPS_CLIENT = ClassName.get(BASES, "StepsClient");
  static final ClassName TRANSACTION = ClassName.get("io.dgen.store", "Transaction");
  static final ClassName TRANSACTION_CLIENT = ClassName.get(BASES, "TransactionClient");
  static final ClassName TRANSACTION_REF = ClassName.get(BASES, "TransactionRef");

  private static final String PROCESSOR = "io.dgen.processor.DistributedServerProcessor";

  /** The warnings that are off in every generated class. */
  private static final List<String> SUPPRESSED =
      List.of("all", "deprecation", "removal", "exports", "NullAway");

  private Generated() {}

  /**
   * Returns whether a class was generated earlier: an editor that keeps such files among its
   * sources gives them to the compiler again.
   *
   * @param type a type
   * @return whether it has what every generated class has
   */
  public static boolean is(TypeElement type) {
    return Annotations.find(type, "java.lang.SuppressWarnings")
        .flatMap(it -> Annotations.value(it, "value"))
        .filter(it -> it.getValue() instanceof List<?> items && areSuppressed(items))
        .isPresent();
  }

  private static boolean areSuppressed(List<?> items) {
    return items.stream()
        .map(it -> String.valueOf(((AnnotationValue) it).getValue()))
        .toList()
        .equals(SUPPRESSED);
  }

  /**
   * Begins a generated class with what every one has: no date, so that a build is reproducible, and
   * no warnings. A user's record may be deprecated, the user's module may not pass on what it
   * requires, and a component may hold null whatever its type says. An annotation of JSpecify would
   * express the latter better, but javac -Xlint:all warns of annotations that no processor claims.
   * ECJ understands "all", and without it warns of the others.
   */
  static TypeSpec.Builder start(TypeSpec.Builder builder, ApiModel api) {
    api.generatedAnnotation()
        .ifPresent(
            generated ->
                builder.addAnnotation(
                    AnnotationSpec.builder(generated).addMember("value", "$S", PROCESSOR).build()));
    builder.addAnnotation(
        AnnotationSpec.builder(SuppressWarnings.class)
            .addMember(
                "value",
                SUPPRESSED.stream()
                    .map(it -> CodeBlock.of("$S", it))
                    .collect(CodeBlock.joining(", ", "{", "}")))
            .build());
    if (api.isPublic()) {
      builder.addModifiers(Modifier.PUBLIC);
    }
    return builder;
  }

  /** Returns the class of the messages, or a substitute if it cannot be generated. */
  static ClassName message(ApiModel api) {
    return api.ownsMessage() ? api.generated("Message") : SERVER_MESSAGE;
  }

  static JavaFile file(ClassName name, TypeSpec type) {
    return JavaFile.builder(name.packageName(), type).indent("  ").build();
  }
}
