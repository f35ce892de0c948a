package io.dgen.internal.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * What is stored of an exception: bounded, since it is written with each failed attempt, and
 * without half characters, which cannot be stored.
 *
 * @param text the exception's class and message
 * @param stack its stack trace with its causes
 */
record ErrorText(String text, String stack) {

  static final ErrorText NONE = new ErrorText("", "");

  private static final int MAX_TEXT = 1000;
  private static final int MAX_STACK = 8000;

  static ErrorText of(Throwable error) {
    return new ErrorText(bounded(error.toString(), MAX_TEXT), bounded(trace(error), MAX_STACK));
  }

  private static String trace(Throwable error) {
    StringWriter trace = new StringWriter();
    try {
      error.printStackTrace(new PrintWriter(trace));
    } catch (Throwable e) {
      // An exception of the user's whose methods fail: what was written before is what there is.
      trace.append("(the rest cannot be shown: ").append(e.getClass().getName()).append(')');
    }
    return trace.toString();
  }

  /** Half a surrogate pair cannot be stored; this puts a question mark in its place. */
  private static String bounded(String text, int most) {
    String start = text.length() <= most ? text : text.substring(0, most);
    return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
