package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A query on its way to a node that runs it: the length of a tuple, the tuple, and the term of the
 * query's record. Stored in chunks, as an {@link Envelope} is.
 */
public final class QueryRequest {

  private static final int FORMAT = 1;

  private final Caller caller;
  private final Address address;
  private final String name;

  /** The term of the query's record. */
  private final byte[] payload;

  /**
   * Creates a request.
   *
   * @param caller the call that waits for the reply
   * @param name the name of the query's record
   */
  public QueryRequest(Caller caller, Address address, String name, byte[] payload) {
    this.caller = caller;
    this.address = address;
    this.name = name;
    this.payload = payload;
  }

  public Caller caller() {
    return caller;
  }

  public Address address() {
    return address;
  }

  public String name() {
    return name;
  }

  public byte[] payload() {
    return payload;
  }

  /** Returns the values to store, in the order of their chunks. */
  public List<byte[]> chunks() {
    byte[] header =
        Tuple.from(
                FORMAT, caller.node().value(), caller.call(), address.server(), address.id(), name)
            .pack();
    byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(header.length).array();
    return Envelope.cut(Keys.join(length, header, payload));
  }

  /**
   * Reads what {@link #chunks} wrote, joined.
   *
   * @throws CodecException if the bytes are not a request that this version knows
   */
  public static QueryRequest decode(byte[] bytes) {
    try {
      int header = ByteBuffer.wrap(bytes).getInt();
      Tuple fields = FlatTuple.decode(bytes, Integer.BYTES, header);
      if (fields.getLong(0) != FORMAT) {
        throw new CodecException(
            "a query of another node has format "
                + fields.getLong(0)
                + ", but this version of dgen reads format "
                + FORMAT);
      }
      return new QueryRequest(
          new Caller(new NodeId(Objects.requireNonNull(fields.getUUID(1))), fields.getLong(2)),
          new Address(text(fields, 3), text(fields, 4)),
          text(fields, 5),
          Arrays.copyOfRange(bytes, Integer.BYTES + header, bytes.length));
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException("a query of another node is damaged: " + e, e);
    }
  }

  private static String text(Tuple fields, int index) {
    return Objects.requireNonNull(fields.getString(index));
  }
}
