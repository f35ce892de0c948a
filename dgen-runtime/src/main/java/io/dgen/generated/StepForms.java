package io.dgen.generated;

import io.dgen.Step;
import io.dgen.codec.TermCodec;
import io.dgen.generated.codec.TermCodecs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The steps of a server: names, and the codecs of their results. Immutable and thread-safe. */
public final class StepForms {

  private final String server;
  private final Map<String, Form> byName;

  private StepForms(String server, Map<String, Form> byName) {
    this.server = server;
    this.byName = Map.copyOf(byName);
  }

  /**
   * One step.
   *
   * @param name the name under which its results are recorded
   * @param formerNames the names under which they were recorded before, the newest first
   * @param codec the codec of its results
   */
  public record Form(String name, List<String> formerNames, TermCodec<Object> codec) {

    /** Copies the names. */
    public Form {
      formerNames = List.copyOf(formerNames);
    }
  }

  /**
   * Returns the table of a server without steps, to which they are added.
   *
   * @param server the server's name
   * @return an empty table
   */
  public static StepForms of(String server) {
    return new StepForms(server, Map.of());
  }

  /**
   * Adds a step.
   *
   * @param name the name of its record
   * @param codec the codec of its result
   * @param former the names under which it was recorded before, the newest first
   * @return a new table
   */
  public StepForms step(String name, TermCodec<?> codec, String... former) {
    Map<String, Form> more = new HashMap<>(byName);
    more.put(name, new Form(name, List.of(former), TermCodecs.untyped(codec)));
    return new StepForms(server, more);
  }

  /**
   * Returns the server's name.
   *
   * @return the name
   */
  public String server() {
    return server;
  }

  /**
   * Returns a step.
   *
   * @param name the name of its record
   * @return the step
   * @throws IllegalArgumentException if there is none
   */
  public Form form(String name) {
    Form form = byName.get(name);
    if (form == null) {
      throw new IllegalArgumentException("server " + server + " has no step " + name);
    }
    return form;
  }

  /**
   * Returns the work of a step without a result.
   *
   * @param action the work
   * @param <X> what it throws
   * @return the work, with null as the result
   */
  @SuppressWarnings("NullAway") // The only value of the type is null.
  public static <X extends Exception> Step.ContextBody<Void, X> action(
      Step.ContextAction<X> action) {
    Objects.requireNonNull(action, "body");
    return step -> {
      action.run(step);
      return null;
    };
  }
}
