package io.dgen.tests.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.generated.Pool.Names;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A nested server whose names are everybody's names. */
class PoolTest {

  private final Pool_NamesServer server = Pool_NamesServer.of();

  static Stream<Pool_NamesMessage> messages() {
    return Stream.of(
        new Pool_NamesMessage.Object(new Names.Object(1)),
        new Pool_NamesMessage.String(new Names.String(1, 2, 3, 4, 5, 6, 7, 8)),
        new Pool_NamesMessage.Override(new Names.Override(1)),
        new Pool_NamesMessage.Duration(new Names.Duration(1)),
        new Pool_NamesMessage.URLFetch(new Names.URLFetch(true)),
        new Pool_NamesMessage.Results(new Names.Results(List.of(new Names.Duration(7)))),
        new Pool_NamesMessage.Objects(new Names.Objects(new Names.Object(1))),
        new Pool_NamesMessage.CompletableFuture(new Names.CompletableFuture()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void eachMessageReachesItsCallback(Pool_NamesMessage message) throws Exception {
    Names.State state = server.init(TestContext.FIRST);
    Pool_NamesMessage read = RoundTrip.message(server, message);
    assertThat(server.handle(read, state, TestContext.FIRST).state())
        .isEqualTo(new Names.State(List.of(message.toString())));
  }

  @Test
  void theClientHasAMethodForEachMessage() {
    assertThat(
            Arrays.stream(Pool_NamesClient.class.getDeclaredMethods())
                .filter(it -> Modifier.isPublic(it.getModifiers()))
                .map(it -> it.getName()))
        .contains(
            "object", "string", "override", "duration", "urlFetch", "urlFetchAsync", "results");
  }

  @Test
  void isAsVisibleAsTheInterface() {
    assertThat(
            Stream.of(
                    Pool_NamesClient.class,
                    Pool_NamesMessage.class,
                    Pool_NamesServer.class,
                    Pool_NamesCodec.class)
                .filter(it -> Modifier.isPublic(it.getModifiers())))
        .isEmpty();
  }
}
