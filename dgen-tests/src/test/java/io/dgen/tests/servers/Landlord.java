package io.dgen.tests.servers;

import io.dgen.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Lets {@link Tenant}'s callbacks do what the test says, and keeps account of them. */
public final class Landlord implements Tenant {

  private final Doorman doorman = new Doorman();
  private final Map<String, Consumer<Context>> scripts = new ConcurrentHashMap<>();
  private volatile BiConsumer<State, Context> end = (state, context) -> {};
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final List<List<String>> ended = new CopyOnWriteArrayList<>();
  private final List<List<String>> acted = new CopyOnWriteArrayList<>();

  /** Lets the callback of a message do something. */
  public Landlord on(String what, Consumer<Context> script) {
    scripts.put(what, script);
    return this;
  }

  /** Lets {@code handleDelete} do something. */
  public Landlord onDelete(BiConsumer<State, Context> script) {
    end = script;
    return this;
  }

  /** Holds work back. */
  public Doorman doorman() {
    return doorman;
  }

  /** The runs of callbacks. */
  public List<String> ran() {
    return ran;
  }

  /** The logs that {@code handleDelete} was given. */
  public List<List<String>> ended() {
    return ended;
  }

  /** The logs that actions were given. */
  public List<List<String>> acted() {
    return acted;
  }

  @Override
  public void runs(String what, Context context) {
    ran.add(what);
    scripts.getOrDefault(what, it -> {}).accept(context);
  }

  @Override
  public String works(String what) {
    doorman.enter(what);
    return "done: " + what;
  }

  @Override
  public void ends(State state, Context context) {
    ended.add(state.log());
    end.accept(state, context);
  }

  @Override
  public void acts(List<String> log) {
    acted.add(log);
  }
}
