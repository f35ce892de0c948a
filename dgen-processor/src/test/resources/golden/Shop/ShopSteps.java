package sample;

import io.dgen.LockedContext;
import io.dgen.Step;
import io.dgen.StepRetry;
import io.dgen.generated.StepForms;
import io.dgen.generated.StepsClient;
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Runs the steps of {@link Shop} within handleLocked, each once.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class ShopSteps extends StepsClient<ShopSteps> {
  private ShopSteps(LockedContext context, StepRetry retry) {
    super(context, ShopCodec.STEPS, retry);
  }

  /**
   * Returns the steps for a run of handleLocked.
   */
  public static ShopSteps in(LockedContext context) {
    return new ShopSteps(context, StepRetry.ONCE);
  }

  @Override
  protected ShopSteps with(LockedContext context, StepRetry policy) {
    return new ShopSteps(context, policy);
  }

  /**
   * Runs {@link Shop.Charge} once, and returns its recorded result.
   */
  public <Thrown extends Exception> List<Long> charge(Step.Body<List<Long>, Thrown> body) throws
      Thrown {
    return this.step("Charge", null, step -> body.run());
  }

  /**
   * Runs {@link Shop.Charge} once, and returns its recorded result.
   */
  public <Thrown extends Exception> List<Long> charge(Step.ContextBody<List<Long>, Thrown> body)
      throws Thrown {
    return this.step("Charge", null, body);
  }

  /**
   * Runs {@link Shop.Charge} once for the key, and returns its recorded result.
   */
  public <Thrown extends Exception> List<Long> charge(String key,
      Step.Body<List<Long>, Thrown> body) throws Thrown {
    return this.step("Charge", Objects.requireNonNull(key, "key"), step -> body.run());
  }

  /**
   * Runs {@link Shop.Charge} once for the key, and returns its recorded result.
   */
  public <Thrown extends Exception> List<Long> charge(String key,
      Step.ContextBody<List<Long>, Thrown> body) throws Thrown {
    return this.step("Charge", Objects.requireNonNull(key, "key"), body);
  }

  /**
   * Runs {@link Shop.Notify} once, and returns its recorded result.
   */
  public <Thrown extends Exception> void notify(Step.Action<Thrown> body) throws Thrown {
    this.step("Notify", null, StepForms.action(step -> body.run()));
  }

  /**
   * Runs {@link Shop.Notify} once, and returns its recorded result.
   */
  public <Thrown extends Exception> void notify(Step.ContextAction<Thrown> body) throws Thrown {
    this.step("Notify", null, StepForms.action(body));
  }

  /**
   * Runs {@link Shop.Notify} once for the key, and returns its recorded result.
   */
  public <Thrown extends Exception> void notify(String key, Step.Action<Thrown> body) throws
      Thrown {
    this.step("Notify", Objects.requireNonNull(key, "key"), StepForms.action(step -> body.run()));
  }

  /**
   * Runs {@link Shop.Notify} once for the key, and returns its recorded result.
   */
  public <Thrown extends Exception> void notify(String key, Step.ContextAction<Thrown> body) throws
      Thrown {
    this.step("Notify", Objects.requireNonNull(key, "key"), StepForms.action(body));
  }
}
