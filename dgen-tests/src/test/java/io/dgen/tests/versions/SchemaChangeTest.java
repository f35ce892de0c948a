package io.dgen.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.OldProfileClient;
import io.dgen.tests.servers.OldProfileServer;
import io.dgen.tests.servers.ProfileClient;
import io.dgen.tests.servers.ProfileServer;
import org.junit.jupiter.api.Test;

/** A state that was stored by an older version of its server. */
class SchemaChangeTest extends OnEveryStore {

  @Test
  @Durable
  void isReadAsItIsAndRewrittenByTheFirstChange() {
    OldProfileClient.of(cluster.host(OldProfileServer.of()), "p").rename("Ada");
    cluster.closeNodes();
    assertThat(cluster.keys().of(KeyKind.STATE)).anyMatch(key -> key.contains("nick"));

    ProfileClient profile = ProfileClient.of(cluster.host(ProfileServer.of()), "p");
    assertThat(profile.show()).isEqualTo("State[name=Ada, visits=1, mail=Optional.empty]");
    assertThat(cluster.keys().of(KeyKind.STATE))
        .as("reading writes nothing")
        .anyMatch(key -> key.contains("nick"))
        .noneMatch(key -> key.contains("mail"));

    profile.visit();
    assertThat(profile.show()).isEqualTo("State[name=Ada, visits=2, mail=Optional.empty]");
    assertThat(cluster.keys().of(KeyKind.STATE))
        .as("what is gone is cleared, what is new is written")
        .noneMatch(key -> key.contains("nick"))
        .anyMatch(key -> key.contains("mail"));
    cluster.restart();
    assertThat(ProfileClient.of(cluster.host(ProfileServer.of()), "p").show())
        .isEqualTo("State[name=Ada, visits=2, mail=Optional.empty]");
  }
}
