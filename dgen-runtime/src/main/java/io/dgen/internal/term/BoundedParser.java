package io.dgen.internal.term;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * Jackson's parser, made safe for untrusted input: a length is compared with what is left of the
 * input before anything is allocated for it, and input that dgen does not write and that would cost
 * more than its own length in time or memory is refused. Valid terms are read as before, at the
 * same cost.
 */
final class BoundedParser extends CBORParser {

  private static final @Nullable InputStream NO_STREAM = null;

  /** dgen writes one. Jackson's time for several grows with the square of their number. */
  private static final int MAX_TAGS = 4;

  /** Strings that are stored once and referred to: one byte could stand for megabytes. */
  private static final int TAG_STRING_REFERENCES = 256;

  private static final int TAG_DECIMAL = 4;

  private static final int BYTES = 0x40;
  private static final int TAGS = 0xC0;
  private static final int SIMPLE = 0xE0;
  private static final int POSITIVE_BIGNUM = 0xC2;
  private static final int NEGATIVE_BIGNUM = 0xC3;

  BoundedParser(
      ObjectReadContext context,
      IOContext io,
      int readFeatures,
      int formatFeatures,
      ByteQuadsCanonicalizer symbols,
      byte[] bytes) {
    super(
        context,
        io,
        readFeatures,
        formatFeatures,
        symbols,
        NO_STREAM,
        bytes,
        0,
        bytes.length,
        false);
  }

  @Override
  public JsonToken nextToken() {
    if (_tokenIncomplete) {
      _skipIncomplete(); // As the overridden method does first.
    }
    if (_inputPtr < _inputEnd && isTag(_inputPtr)) {
      checkTags();
    }
    return super.nextToken();
  }

  private boolean isTag(int at) {
    int head = _inputBuffer[at] & 0xFF;
    return head >= TAGS && head < SIMPLE;
  }

  private void checkTags() {
    int at = _inputPtr;
    for (int tags = 0; at < _inputEnd && isTag(at); tags++) {
      if (tags == MAX_TAGS) {
        throw _constructReadException("more than " + MAX_TAGS + " tags of one value");
      }
      at += headLength(at);
    }
  }

  /**
   * Returns the length of a head: a type with a small number in it, or followed by a larger one.
   */
  private int headLength(int at) {
    int low = _inputBuffer[at] & 0x1F;
    return low < 24 || low > 27 ? 1 : 1 + (1 << (low - 24));
  }

  @Override
  protected void createChildArrayContext(int length) {
    checkCount(length, length);
    checkNamespace();
    if (_tagValues.contains(TAG_DECIMAL)) {
      checkDecimal();
    }
    super.createChildArrayContext(length);
  }

  @Override
  protected void createChildObjectContext(int length) {
    checkCount(length, 2L * length);
    checkNamespace();
    super.createChildObjectContext(length);
  }

  /** Checks a count: every value has at least one byte. */
  private void checkCount(int count, long leastBytes) {
    if (leastBytes > _inputEnd - _inputPtr) {
      throw _constructReadException(
          "a count of " + count + " where " + (_inputEnd - _inputPtr) + " bytes are left");
    }
  }

  private void checkNamespace() {
    if (_tagValues.contains(TAG_STRING_REFERENCES)) {
      throw _constructReadException("references to strings, which dgen does not write");
    }
  }

  /** Checks a decimal fraction: Jackson reads it at once, so its parts are examined before. */
  private void checkDecimal() {
    int exponent = _inputPtr;
    int mantissa =
        exponent < _inputEnd && isInteger(exponent) ? exponent + headLength(exponent) : _inputEnd;
    boolean isSound = mantissa < _inputEnd && isInteger(mantissa);
    if (mantissa + 1 < _inputEnd && isBignum(mantissa)) {
      isSound = (_inputBuffer[mantissa + 1] & SIMPLE) == BYTES;
    }
    if (!isSound) {
      throw _constructReadException("a decimal fraction must be two integers");
    }
  }

  private boolean isInteger(int at) {
    return (_inputBuffer[at] & 0xFF) < BYTES;
  }

  private boolean isBignum(int at) {
    int head = _inputBuffer[at] & 0xFF;
    return head == POSITIVE_BIGNUM || head == NEGATIVE_BIGNUM;
  }

  @Override
  protected byte[] _finishBytes(int length) {
    if (length > _inputEnd - _inputPtr) {
      throw _constructReadException(
          "a length of " + length + " bytes where " + (_inputEnd - _inputPtr) + " are left");
    }
    return super._finishBytes(length);
  }

  @Override
  protected void convertNumberToInt() {
    checkSize();
    super.convertNumberToInt();
  }

  @Override
  protected void convertNumberToLong() {
    checkSize();
    super.convertNumberToLong();
  }

  /**
   * Checks the size of an integer: Jackson's error would contain the number in decimal digits,
   * which takes seconds for a long one.
   */
  private void checkSize() {
    if ((_numTypesValid & NR_BIGINT) != 0 && _numberBigInt.bitLength() > Long.SIZE) {
      throw _constructReadException(
          "an integer of " + _numberBigInt.bitLength() + " bits where a smaller one belongs");
    }
  }
}
