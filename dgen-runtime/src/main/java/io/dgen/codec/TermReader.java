package io.dgen.codec;

/** Reads one term from CBOR. Not thread-safe. */
public final class TermReader {

  TermReader() {}
}
