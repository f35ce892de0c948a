package sample.depot;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.annotations.ClientName;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Renamed;
import java.util.List;
import java.util.Map;

/** What a server of another package asks. */
@DistributedServer(name = "stock of goods")
public interface Stock {
  record State(Map<String, Integer> reserved) {}

  record Reserve(String order, int count) implements Call<Boolean> {}

  @Renamed("Free")
  record Release(String order) implements Call<Void> {}

  @ClientName("all")
  record Everything(String... goods) implements Call<List<Item>> {}

  record Item(String order, int count) {}

  record Clear() implements Cast {}

  default State init() {
    return new State(Map.of());
  }

  default CallResult<Boolean, State> handleCall(Reserve message, State state) {
    return reply(message.count() < 3, state);
  }

  default CallResult<Void, State> handleCall(Release message, State state) {
    return reply(null, state);
  }

  default List<Item> handleCall(Everything message, State state) {
    return state.reserved().entrySet().stream()
        .map(it -> new Item(it.getKey(), it.getValue()))
        .toList();
  }

  default State handleCast(Clear message, State state) {
    return init();
  }
}
