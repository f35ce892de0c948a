package io.dgen.codec;

/** Writes one term as CBOR. Not thread-safe. */
public final class TermWriter {

  TermWriter() {}
}
