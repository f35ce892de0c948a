package io.dgen.internal.engine.format;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The stored text of an exception: bounded, since it is written with each failed attempt, and
 * without unpaired surrogates, which cannot be stored.
 *
 * @param text the exception's class and message
 * @param stack its stack trace with its causes
 */
public record ErrorText(String text, String stack) {

  static final ErrorText NONE = new ErrorText("", "");

  private static final int MAX_TEXT = 1000;
  private static final int MAX_STACK = 8000;

  public static ErrorText of(Throwable error) {
    BoundedText stack = new BoundedText(MAX_STACK);
    try {
      error.printStackTrace(new PrintWriter(stack));
    } catch (Throwable e) {
      if (!stack.isFull()) {
        // A user's exception whose methods fail: keep what was written before.
        stack.append("(the rest cannot be shown: " + e.getClass().getName() + ")");
      }
    }
    return new ErrorText(bounded(error.toString(), MAX_TEXT), bounded(stack.toString(), MAX_STACK));
  }

  /**
   * Returns whether an exception's stack trace, with its causes, has at most so many characters.
   */
  public static boolean isPrintable(Throwable error, int most) {
    BoundedText text = new BoundedText(most);
    try {
      error.printStackTrace(new PrintWriter(text));
    } catch (TooLong e) {
      return false;
    }
    return true;
  }

  /**
   * Truncates a text and replaces unpaired surrogates, which cannot be stored, by question marks.
   */
  public static String bounded(String text, int most) {
    String start = text.length() <= most ? text : text.substring(0, most);
    return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** A writer that throws after so many characters: a user's exception may write without end. */
  private static final class BoundedText extends Writer {

    private final StringBuilder text = new StringBuilder();
    private final int most;

    BoundedText(int most) {
      this.most = most;
    }

    boolean isFull() {
      return text.length() >= most;
    }

    @Override
    public void write(char[] chars, int offset, int count) {
      text.append(chars, offset, Math.min(count, most - text.length()));
      check();
    }

    @Override
    public void write(String string, int offset, int count) {
      text.append(string, offset, offset + Math.min(count, most - text.length()));
      check();
    }

    private void check() {
      if (isFull()) {
        throw new TooLong();
      }
    }

    @Override
    public Writer append(@Nullable CharSequence more) {
      text.append(more);
      return this;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private static final class TooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }
}
