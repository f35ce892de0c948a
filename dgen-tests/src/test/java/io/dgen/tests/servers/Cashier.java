package io.dgen.tests.servers;

import io.dgen.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Says what {@link Till} does, and keeps account of what ran. */
public final class Cashier implements Till {

  private final Map<String, Consumer<Context>> acts = new ConcurrentHashMap<>();
  private final Map<String, Runnable> asks = new ConcurrentHashMap<>();
  private final List<String> charged = new CopyOnWriteArrayList<>();
  private final List<String> ran = new CopyOnWriteArrayList<>();

  /** Says what is done for a text. */
  public Cashier on(String what, Consumer<Context> act) {
    acts.put(what, act);
    return this;
  }

  /** Lets nothing be done for a text any more. */
  public void forget(String what) {
    acts.remove(what);
  }

  /** Says what is done for a text in a query. */
  public Cashier asked(String what, Runnable ask) {
    asks.put(what, ask);
    return this;
  }

  @Override
  public void ask(String what) {
    asks.getOrDefault(what, () -> {}).run();
  }

  @Override
  public void charged(String what) {
    charged.add(what);
  }

  /** The charges that count. */
  public List<String> charged() {
    return charged;
  }

  /** What ran, in order, each run of a callback once. */
  public List<String> ran() {
    return ran;
  }

  @Override
  public void act(String what, Context context) {
    ran.add(what);
    acts.getOrDefault(what, nothing -> {}).accept(context);
  }
}
