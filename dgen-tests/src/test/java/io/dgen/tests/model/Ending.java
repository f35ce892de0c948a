package io.dgen.tests.model;

import io.dgen.Dgen;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.tests.model.Model.Stored;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is stored when everything is over, for {@link Model#check}. */
public final class Ending {

  private static final int ALL = 10_000;

  private Ending() {}

  /** Asks a node that works for the log and the dead letters of each entity. */
  public static Map<String, Stored> read(Dgen dgen, Store store, List<String> entities) {
    Map<String, Stored> stored = new LinkedHashMap<>();
    for (String entity : entities) {
      CellClient client = CellClient.of(dgen, entity);
      List<String> letters =
          client.entity().deadLetters().list(ALL).items().stream()
              .map(letter -> id(letter.message().orElseThrow()))
              .toList();
      List<Cell.Entry> log = new ArrayList<>();
      if (Model.leaves(entity)) {
        log.addAll(CellClient.of(dgen, Cell.graveOf(entity)).read());
      }
      log.addAll(client.read());
      stored.put(entity, new Stored(log, letters, runs(store, entity)));
    }
    return stored;
  }

  private static String id(CellMessage message) {
    return switch (message) {
      case CellMessage.Note it -> it.message().op().id();
      case CellMessage.Ask it -> it.message().op().id();
      case CellMessage.Tell it -> it.message().op().id();
      case CellMessage.Hold it -> it.message().op().id();
      case CellMessage.HoldQuietly it -> it.message().op().id();
      case CellMessage.Later it -> it.message().op().id();
      case CellMessage.Answer it -> it.message().op().id();
      case CellMessage.Halt it -> it.message().op().id();
      case CellMessage.Deny it -> it.message().op().id();
      case CellMessage.Revoke it -> it.message().op().id();
      case CellMessage.Leave it -> it.message().op().id();
      case CellMessage.HoldAndLeave it -> it.message().op().id();
      case CellMessage.Last it -> "last";
      case CellMessage.Epitaph it -> "epitaph";
      case CellMessage.Read it -> "read";
      case CellMessage.Look it -> "look";
    };
  }

  /** How often the callbacks of an entity wrote a key of their own. */
  private static long runs(Store store, String entity) {
    byte[] value = store.read(transaction -> transaction.get(Cell.runsKey(entity)).join());
    return value == null ? 0 : ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** The keys that the transactions of senders wrote. */
  public static Set<String> transactions(Store store) {
    byte[] prefix = ModelSender.TRANSACTION.getBytes(StandardCharsets.UTF_8);
    return store
        .read(transaction -> transaction.getRange(prefix, Keys.prefixEnd(prefix), 0).join())
        .stream()
        .map(row -> new String(row.key(), StandardCharsets.UTF_8))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
