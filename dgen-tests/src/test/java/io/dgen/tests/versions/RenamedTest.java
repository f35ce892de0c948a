package io.dgen.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.House;
import io.dgen.tests.servers.House.Chamber;
import io.dgen.tests.servers.House.Color;
import io.dgen.tests.servers.House.Place;
import io.dgen.tests.servers.HouseClient;
import io.dgen.tests.servers.HouseServer;
import io.dgen.tests.servers.OldHouse;
import io.dgen.tests.servers.OldHouseClient;
import io.dgen.tests.servers.OldHouseServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** State and queued messages that were written before {@code @Renamed} and {@code @Default}. */
class RenamedTest extends OnEveryStore {

  private static final House.State READ =
      new House.State(
          "first",
          Color.RED,
          new Place("Rome", "IT"),
          List.of(new Chamber("hall", 20, Color.RED), new Chamber("bath", 5, Color.GREEN)),
          Map.of(Color.RED, 3, Color.GREEN, 4),
          new Place("Bonn", "IT"),
          new Place("Pisa", "IT"));

  private static final House NEW =
      new House() {
        @Override
        public State init() {
          throw new AssertionError("the state is stored");
        }
      };

  @Test
  @Durable
  void aStateIsReadUnderItsFormerNamesAndWrittenUnderTheNew() {
    OldHouseClient old = OldHouseClient.of(cluster.host(OldHouseServer.of()), "h");
    old.paint(OldHouse.Colour.ROUGE, "first");
    cluster.closeNodes();

    HouseClient house = HouseClient.of(cluster.host(HouseServer.of(NEW)), "h");
    assertThat(house.show()).isEqualTo(READ);
    assertThat(cluster.keys().of(KeyKind.STATE))
        .as("reading writes nothing")
        .anyMatch(key -> key.contains("label"))
        .noneMatch(key -> key.contains("name"));

    house.move("Lucca");
    assertThat(house.show().other()).isEqualTo(new Place("Lucca", "IT"));
    cluster.restart();
    house = HouseClient.of(cluster.host(HouseServer.of(NEW)), "h");
    assertThat(house.show().other()).isEqualTo(new Place("Lucca", "IT"));
    house.move("Pisa");
    assertThat(house.show()).isEqualTo(READ);
    assertThat(cluster.keys().of(KeyKind.STATE))
        .noneMatch(
            key ->
                List.of("label", "colour", "home", "rooms", "office", "town", "size", "ROUGE")
                    .stream()
                    .anyMatch(key::contains))
        .anyMatch(key -> key.contains("RED"));
  }

  @Test
  void queuedMessagesAreReadUnderTheirFormerNames() {
    OldHouseClient first = OldHouseClient.of(cluster.host(OldHouseServer.of()), "h");
    first.paint(OldHouse.Colour.GREEN, "first");
    cluster.closeNodes();

    OldHouseClient old = OldHouseClient.of(cluster.node(), "h"); // Hosts nothing: it pushes.
    old.paint(OldHouse.Colour.ROUGE, "queued");
    CompletableFuture<OldHouse.Colour> sold = old.sellAsync(new OldHouse.Address("Oslo"));

    Dgen node = cluster.host(HouseServer.of(NEW));
    House.State state = HouseClient.of(node, "h").show();
    assertThat(state.name()).isEqualTo("queued");
    assertThat(state.color()).isEqualTo(Color.RED);
    assertThat(state.address()).isEqualTo(new Place("Oslo", "IT"));
    await("that the old caller does not know the new name of the colour")
        .atMost(Duration.ofSeconds(60))
        .until(sold::isCompletedExceptionally);
  }
}
