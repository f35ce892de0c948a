package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** States like those that the Erlang library's codec is tested with. */
@DistributedServer
interface Ancestor {

  enum Color {
    RED,
    GREEN,
    BLUE
  }

  /** A tuple, of a tag and a list. */
  @Term
  record Answer(String tag, List<Integer> numbers) {}

  /** What has no id. */
  record Name(String name) {}

  @SuppressWarnings("ArrayRecordComponent") // It is a type that we support.
  record Terms(
      long integer,
      @Nullable String text,
      @Nullable Answer answer,
      Map<Boolean, String> oddKeys,
      List<Name> names,
      byte @Nullable [] large) {}

  record User(String name, int age) {}

  record Widget(String id, long value) {}

  record Panel(String id, Color type, String content, boolean visible) {}

  record Config(Color color, int size) {}

  record Component(String id, Config config) {}

  record State(
      @Nullable Terms terms,
      Map<String, Long> assigns,
      @Nullable User user,
      String title,
      List<Widget> widgets,
      List<Panel> panels,
      List<Component> components) {

    State with(@Nullable Terms to) {
      return new State(to, assigns, user, title, widgets, panels, components);
    }

    State withAssigns(Map<String, Long> to) {
      return new State(terms, to, user, title, widgets, panels, components);
    }

    State with(@Nullable User to) {
      return new State(terms, assigns, to, title, widgets, panels, components);
    }

    State withTitle(String to) {
      return new State(terms, assigns, user, to, widgets, panels, components);
    }

    State withWidgets(Widget... to) {
      return new State(terms, assigns, user, title, List.of(to), panels, components);
    }

    State withPanels(Panel... to) {
      return new State(terms, assigns, user, title, widgets, List.of(to), components);
    }

    State withComponents(Component... to) {
      return new State(terms, assigns, user, title, widgets, panels, List.of(to));
    }
  }

  record Replace(State state) implements Cast {}

  State init();

  State handleCast(Replace message, State state);

  /** The same state where two of its parts have other types. */
  @DistributedServer(state = Ancestor.Retyped.Other.class)
  interface Retyped {

    record Other(
        @Nullable Terms terms,
        List<Widget> assigns,
        long user,
        String title,
        @Term List<Widget> widgets,
        List<Panel> panels,
        List<Component> components) {}

    record Renew(Other state) implements Cast {}

    Other init();

    Other handleCast(Renew message, Other state);
  }
}
