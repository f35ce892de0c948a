/** The annotation processor of dgen. On the processor path only, never on a run-time path. */
module io.dgen.processor {
  requires com.squareup.javapoet;
  requires java.compiler;
  requires static com.google.auto.service;
  requires static jdk.compiler;
  requires static org.jspecify;

  provides javax.annotation.processing.Processor with
      io.dgen.processor.DistributedServerProcessor;
}
