package io.dgen.tests.codec;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.Default;
import io.dgen.annotations.DistributedServer;
import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server with the types that name something: where it is, what money and what language. */
@DistributedServer
interface Labels {

  record Label(@Nullable URI uri, @Nullable Currency currency, @Nullable Locale locale) {}

  record State(
      Label label,
      List<URI> links,
      Map<Currency, Long> amounts,
      Map<Locale, String> names,
      Optional<Locale> favourite,
      @Default("https://example.org/") URI home,
      @Default("EUR") Currency money,
      @Default("de-CH") Locale language) {}

  record Put(State state) implements Cast {}

  record Get() implements Call<State> {}

  default State init() {
    return new State(
        new Label(null, null, null),
        List.of(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        URI.create(""),
        Currency.getInstance("USD"),
        Locale.ROOT);
  }

  default State handleCast(Put message, State state) {
    return message.state();
  }

  default Reply<State, State> handleCall(Get message, State state) {
    return reply(state, state);
  }
}
