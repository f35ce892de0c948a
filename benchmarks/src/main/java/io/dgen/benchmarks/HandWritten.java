package io.dgen.benchmarks;

import io.dgen.benchmarks.Sheet.Kind;
import io.dgen.benchmarks.Sheet.Line;
import io.dgen.benchmarks.Sheet.Order;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** An order as someone would write and read it by hand, with Jackson's streaming API. */
final class HandWritten {

  private static final CBORFactory FACTORY = new CBORFactory();

  private HandWritten() {}

  static byte[] write(Order order) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (CBORGenerator out =
        (CBORGenerator) FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject(null, 7);
      out.writeName("id");
      out.writeString(order.id());
      out.writeName("customer");
      out.writeString(order.customer());
      out.writeName("placed");
      out.writeNumber(order.placed());
      out.writeName("paid");
      out.writeBoolean(order.paid());
      out.writeName("discount");
      out.writeNumber(order.discount());
      out.writeName("kind");
      out.writeString(order.kind().name());
      out.writeName("lines");
      out.writeStartArray(null, order.lines().size());
      for (Line line : order.lines()) {
        out.writeStartObject(null, 3);
        out.writeName("article");
        out.writeString(line.article());
        out.writeName("count");
        out.writeNumber(line.count());
        out.writeName("cents");
        out.writeNumber(line.cents());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  static Order read(byte[] bytes) {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
      expect(in, JsonToken.START_OBJECT);
      String id = "";
      String customer = "";
      long placed = 0;
      boolean paid = false;
      double discount = 0;
      Kind kind = Kind.BOOK;
      List<Line> lines = List.of();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        JsonToken token = in.nextToken();
        switch (name) {
          case "id" -> id = in.getString();
          case "customer" -> customer = in.getString();
          case "placed" -> placed = in.getLongValue();
          case "paid" -> paid = token == JsonToken.VALUE_TRUE;
          case "discount" -> discount = in.getDoubleValue();
          case "kind" -> kind = Kind.valueOf(in.getString());
          case "lines" -> lines = lines(in);
          default -> in.skipChildren();
        }
      }
      return new Order(id, customer, placed, paid, discount, kind, lines);
    }
  }

  private static List<Line> lines(JsonParser in) {
    List<Line> lines = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      String article = "";
      int count = 0;
      long cents = 0;
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        @Nullable JsonToken unused = in.nextToken();
        switch (name) {
          case "article" -> article = in.getString();
          case "count" -> count = in.getIntValue();
          case "cents" -> cents = in.getLongValue();
          default -> in.skipChildren();
        }
      }
      lines.add(new Line(article, count, cents));
    }
    return List.copyOf(lines);
  }

  private static void expect(JsonParser in, JsonToken token) {
    if (in.nextToken() != token) {
      throw new IllegalArgumentException("not an order");
    }
  }
}
