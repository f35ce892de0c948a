package io.dgen.internal.term;

import io.dgen.internal.Texts;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.IOContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORFactoryBuilder;
import tools.jackson.dataformat.cbor.CBORGenerator;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * The configuration of Jackson, and its names for things. The only place that creates its objects.
 */
public final class Cbor {

  /** RFC 9562 UUID in 16 bytes. */
  public static final int TAG_UUID = 37;

  /** RFC 9581 extended time: a map from 1 to seconds and from -9 to nanoseconds. */
  public static final int TAG_INSTANT = 1001;

  /** RFC 9581 duration, in the same form. */
  public static final int TAG_DURATION = 1002;

  /** dgen's own tag, "dgn" in ASCII: a null where CBOR null means an empty optional. */
  public static final int TAG_NULL_OPTIONAL = 0x64676E;

  /**
   * Names are not canonicalized: the keys of users' maps are names too, and would fill the table
   * that all parsers share. Buffers come from a pool of the factory's own that is independent of
   * threads, so virtual threads are fine.
   */
  private static final CBORFactory FACTORY =
      new Factory(
          CBORFactory.builder()
              .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
              .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
              .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(Terms.MAX_DEPTH)
                      .maxStringLength(Integer.MAX_VALUE)
                      .maxNameLength(Integer.MAX_VALUE)
                      .maxNumberLength(Integer.MAX_VALUE)
                      .build())
              .streamWriteConstraints(
                  StreamWriteConstraints.builder().maxNestingDepth(Terms.MAX_DEPTH).build()));

  /** The longest name in the path of an error: a foreign one may be as long as the term. */
  private static final int SHOWN_NAME = 100;

  private Cbor() {}

  /** Creates bounded parsers. */
  private static final class Factory extends CBORFactory {

    private static final long serialVersionUID = 1L;

    Factory(CBORFactoryBuilder settings) {
      super(settings);
    }

    @Override
    protected CBORParser _createParser(
        ObjectReadContext context, IOContext io, byte[] bytes, int offset, int length) {
      return new BoundedParser(
          context,
          io,
          context.getStreamReadFeatures(_streamReadFeatures),
          context.getFormatReadFeatures(_formatReadFeatures),
          _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures),
          bytes);
    }
  }

  static CBORGenerator generator(GrowingBytes out) {
    return (CBORGenerator) FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  static CBORParser parser(byte[] bytes) {
    JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length);
    return (CBORParser) parser;
  }

  /** Returns the place of a context below the root, such as {@code .items[3].name}. */
  static String path(TokenStreamContext context) {
    StringBuilder path = new StringBuilder();
    append(context, path);
    return path.toString();
  }

  private static void append(TokenStreamContext context, StringBuilder path) {
    TokenStreamContext parent = context.getParent();
    if (parent != null) {
      append(parent, path);
    }
    if (context.inObject() && context.currentName() != null) {
      path.append('.').append(Texts.shortened(context.currentName(), SHOWN_NAME));
    } else if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    }
  }

  /** Returns whether a string can be UTF-8: it has no unpaired surrogate. */
  public static boolean isWellFormed(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
