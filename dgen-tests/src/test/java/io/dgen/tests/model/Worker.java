package io.dgen.tests.model;

import io.dgen.Context;
import io.dgen.LockedContext;
import java.time.Duration;
import java.util.function.Consumer;

/** The cells of one node. Tells the model of each run of a callback. */
public final class Worker implements Cell {

  private final Model model;
  private final int node;
  private final Consumer<Op> work;

  /**
   * @param node the node's number
   * @param work what is done while a message holds the lock
   */
  public Worker(Model model, int node, Consumer<Op> work) {
    this.model = model;
    this.node = node;
    this.work = work;
  }

  @Override
  public void runs(Op op, Context context) {
    model.runs(node, context.id(), op, context.attempt());
  }

  @Override
  public void work(Op op, LockedContext context) {
    CellSteps steps = CellSteps.in(context);
    model.drew(steps.draw("before", step -> model.draw(step.stepKey(), step.attempt())));
    context.sleep(Duration.ofMillis(op.delay()));
    model.slept();
    model.drew(
        steps.draw(
            "work",
            step -> {
              work.accept(op);
              return model.draw(step.stepKey(), step.attempt());
            }));
  }
}
