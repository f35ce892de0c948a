package io.dgen.tests.servers;

import io.dgen.Context;
import io.dgen.From;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps in memory who is to be answered. */
public class TestSlowCalls implements SlowCalls {

  private final List<From<String>> kept = new CopyOnWriteArrayList<>();

  @Override
  public String work(String what, Context context) {
    return what;
  }

  @Override
  public void keep(From<String> from) {
    kept.add(from);
  }

  @Override
  public List<From<String>> kept() {
    return kept;
  }
}
