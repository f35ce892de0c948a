package io.dgen.processor.schema;

import io.dgen.processor.schema.Schema.EnumType;
import io.dgen.processor.schema.Schema.Member;
import io.dgen.processor.schema.Schema.Message;
import io.dgen.processor.schema.Schema.RecordType;
import io.dgen.processor.schema.Schema.SealedType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** A schema as the text of its file. */
final class SchemaText {

  static final int FORMAT = 1;

  private static final String HEADER =
      """
      # What this server has stored, and what may wait in its queues, as of the released version below.
      # Each compile is checked against it. Written by -Adgen.schema=update; commit it, do not edit it.
      """;

  private SchemaText() {}

  /** Returns the whole file. */
  static String of(Schema schema) {
    return HEADER
        + "format "
        + FORMAT
        + "\nserver "
        + schema.server()
        + "\nversion "
        + schema.version()
        + "\n"
        + body(schema);
  }

  /** Returns everything that describes stored data: schemas with the same body are the same. */
  static String body(Schema schema) {
    StringBuilder text = new StringBuilder("state " + schema.state() + "\n\n");
    schema
        .messages()
        .forEach(
            (name, message) -> {
              text.append(message.kind()).append(' ').append(name);
              if (!message.kind().equals(Schema.STEP)) {
                text.append(": ").append(message.type());
              }
              message.reply().ifPresent(it -> text.append(" -> ").append(it));
              text.append(former(formerNames(name, message))).append('\n');
            });
    schema
        .types()
        .forEach(
            (name, type) -> {
              text.append('\n');
              switch (type) {
                case RecordType it -> {
                  text.append("record ").append(name).append('\n');
                  it.components().forEach((component, member) -> append(text, component, member));
                  it.reserved().forEach(old -> text.append("  reserved ").append(old).append('\n'));
                }
                case EnumType it -> {
                  text.append("enum ").append(name).append('\n');
                  it.constants()
                      .forEach(
                          (constant, old) ->
                              text.append("  ").append(constant).append(former(old)).append('\n'));
                }
                case SealedType it -> {
                  text.append("sealed ").append(name).append('\n');
                  it.variants().forEach((variant, member) -> append(text, variant, member));
                }
              }
            });
    return text.toString();
  }

  private static void append(StringBuilder text, String name, Member member) {
    text.append("  ").append(name).append(": ").append(member.type());
    text.append(former(member.formerNames())).append('\n');
  }

  /** Returns the former names; of an answer without the server, whose name may be any text. */
  private static List<String> formerNames(String name, Message message) {
    int start = message.isAnswer() ? Schema.asked(name).length() : 0;
    return message.formerNames().stream().map(it -> it.substring(start)).toList();
  }

  private static String former(List<String> names) {
    return names.isEmpty() ? "" : " was " + String.join(", ", names);
  }

  /** Returns a negative number that distinguishes schemas that were not released. */
  static int fingerprint(Schema schema) {
    CRC32 crc = new CRC32();
    crc.update(body(schema).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue() | Integer.MIN_VALUE;
  }
}
