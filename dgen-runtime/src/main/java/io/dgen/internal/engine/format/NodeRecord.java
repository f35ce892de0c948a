package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Hosting;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node publishes with each heartbeat: the heartbeat's version, and what the node hosts. A
 * server is a tuple of its name and, if only some of its entities are hosted, their ids.
 */
public final class NodeRecord {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRecord.class);

  private static final int STAMP = 10;

  private NodeRecord() {}

  /** Returns the operand that stores a heartbeat. */
  public static byte[] heartbeat(Map<String, HostedIds> hosted) {
    return KeyLayout.withOffset(Keys.join(new byte[STAMP], body(hosted)), 0);
  }

  private static byte[] body(Map<String, HostedIds> hosted) {
    Tuple all = new Tuple();
    for (Map.Entry<String, HostedIds> server : hosted.entrySet()) {
      List<String> row = new ArrayList<>();
      row.add(server.getKey());
      server.getValue().ids().stream().sorted().forEach(row::add);
      all = all.add(Tuple.fromList(row));
    }
    return all.pack();
  }

  /** Returns the version of the heartbeat; for a damaged row, one from long ago. */
  public static long version(byte[] row) {
    return row.length < Long.BYTES ? 0 : ByteBuffer.wrap(row).getLong();
  }

  /**
   * Returns what the node hosts; nothing if the row is damaged, which the next heartbeat repairs.
   */
  public static Map<String, HostedIds> hosted(byte[] row) {
    try {
      return decoded(row);
    } catch (RuntimeException e) {
      LOG.error(
          "the record of a node, {} bytes, is damaged: the node is presumed to host nothing",
          row.length,
          e);
      return Map.of();
    }
  }

  private static Map<String, HostedIds> decoded(byte[] row) {
    Map<String, HostedIds> hosted = new HashMap<>();
    for (Object each : Tuple.fromBytes(Arrays.copyOfRange(row, STAMP, row.length))) {
      List<String> server = strings((List<?>) each);
      hosted.put(
          server.getFirst(),
          server.size() == 1 ? HostedIds.all() : HostedIds.only(server.subList(1, server.size())));
    }
    return Map.copyOf(hosted);
  }

  private static List<String> strings(List<?> items) {
    return items.stream().map(String.class::cast).toList();
  }

  /**
   * Checks that there is room for what a node is to host.
   *
   * @param server the server that is being added, for the error
   */
  public static void check(Map<String, HostedIds> hosted, String server) {
    int ids = hosted.values().stream().mapToInt(hosting -> hosting.ids().size()).sum();
    int bytes = body(hosted).length;
    if (ids > Hosting.MAX_IDS || bytes > Hosting.MAX_BYTES) {
      throw new DgenException(
          "cannot host "
              + server
              + ": with it this node would host "
              + hosted.size()
              + " servers and claim "
              + ids
              + " ids, in "
              + bytes
              + " bytes, and a node may claim "
              + Hosting.MAX_IDS
              + " ids, in "
              + Hosting.MAX_BYTES
              + " bytes; claim fewer or shorter ids with only(...), spread them over more nodes, or"
              + " host the whole server",
          null,
          Effect.NONE);
    }
  }
}
