package io.dgen.internal.engine.control;

import io.dgen.LockedContext;
import io.dgen.Step;
import io.dgen.StepContext;
import io.dgen.StepRetry;
import io.dgen.codec.CodecException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import io.dgen.generated.StepForms.Form;
import io.dgen.generated.StepRunner;
import io.dgen.internal.Durations;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.control.HeldSteps.Begun;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.round.CallbackContext;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One run of {@code handleLocked}: its context, and the steps that it has run so far. */
final class LockedRun extends CallbackContext implements StepRunner {

  private final Address address;
  private final Environment environment;
  private final HeldSteps steps;
  private final Thread thread = Thread.currentThread();

  /** The steps that this run has come to, confined to its thread. */
  private final Set<Ran> ran = new HashSet<>();

  private record Ran(String name, String key) {}

  private @Nullable String inside;

  /** How many sleeps the run has come to. */
  private int sleeps;

  private @Nullable Ticket sleepsUnder;
  private volatile boolean over;

  /**
   * Begins a run, on the thread of {@code handleLocked}.
   *
   * @param attempt the number of the message's attempt
   */
  LockedRun(
      Address address,
      int attempt,
      Environment environment,
      Transactional transactional,
      HeldSteps steps) {
    super(address, attempt, environment, transactional);
    this.address = address;
    this.environment = environment;
    this.steps = steps;
  }

  /** Ends the run, when {@code handleLocked} has returned or thrown. */
  void end() {
    over = true;
  }

  /** Returns whether the run has come to a step or a sleep. */
  boolean hasSteps() {
    return !ran.isEmpty() || sleeps > 0;
  }

  @Override
  public LockedContext locked() {
    return this;
  }

  @Override
  public <X extends Exception> @Nullable Object run(
      Form form, String key, StepRetry retry, Step.ContextBody<?, X> body) throws X {
    String named = HeldSteps.named(form.name(), key);
    checkUsable(named);
    Texts.checkStepKey(form.name(), key);
    if (!ran.add(new Ran(form.name(), key))) {
      throw new IllegalStateException(
          named
              + " of "
              + address
              + " runs twice in one run of handleLocked: the second would get the result of the"
              + " first; give each a key of its own");
    }
    int tries = 0;
    while (true) {
      Begun begun = begin(form, key);
      if (begun.record().isDone()) {
        return outcome(form, named, begun.record().outcome());
      }
      tries++;
      byte[] outcome;
      inside = named;
      try {
        outcome = ReplyRecord.value(form.codec(), body.run(new Run(form, key, begun)));
      } catch (RefusedException refusal) {
        if (!refusal.isRemembered()) {
          throw refusal;
        }
        outcome = ReplyRecord.refusal(refusal);
      } catch (Exception e) {
        if (tries >= retry.attempts()
            || e instanceof InterruptedException
            || !retry.retries().test(e)) {
          throw e;
        }
        pause(retry, tries);
        continue;
      } finally {
        inside = null;
      }
      record(form, key, begun, outcome);
      return outcome(form, named, outcome);
    }
  }

  @Override
  public void sleep(Duration duration) {
    Objects.requireNonNull(duration, "duration");
    checkUsable("sleep");
    sleeps++;
    if (duration.isZero() || duration.isNegative()) {
      return;
    }
    Ticket ticket;
    try {
      ticket = steps.sleep(sleeps, Durations.bounded(duration));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException("interrupted before a sleep of " + address, e, Effect.UNKNOWN);
    }
    if (ticket != null) {
      sleepsUnder = ticket;
      throw new Asleep();
    }
  }

  /** Returns under which name the work is woken; null if it does not sleep. */
  @Nullable Ticket sleepsUnder() {
    return sleepsUnder;
  }

  private void checkUsable(String what) {
    if (sleepsUnder != null) {
      throw new IllegalStateException(
          what
              + " of "
              + address
              + " was used after sleep(): let its error leave handleLocked, which begins again"
              + " when the time is over");
    }
    if (over) {
      throw new IllegalStateException(
          what + " of " + address + " was used after handleLocked had returned; use it within it");
    }
    if (!Thread.currentThread().equals(thread)) {
      throw new IllegalStateException(
          what
              + " of "
              + address
              + " was used on another thread; use it on the thread that runs handleLocked");
    }
    String outer = inside;
    if (outer != null) {
      throw new IllegalStateException(
          what + " of " + address + " was used within " + outer + "; let it come before or after");
    }
  }

  private Begun begin(Form form, String key) {
    try {
      return steps.begin(form, key);
    } catch (InterruptedException e) {
      throw interrupted(form, e);
    }
  }

  private void record(Form form, String key, Begun begun, byte[] outcome) {
    try {
      steps.record(form, key, begun, outcome);
    } catch (InterruptedException e) {
      throw interrupted(form, e);
    }
  }

  private DgenException interrupted(Form form, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new DgenException(
        "interrupted in step " + form.name() + " of " + address, e, Effect.UNKNOWN);
  }

  /** Waits before the next try, twice as long each time. */
  private void pause(StepRetry retry, int tries) {
    Duration wait = retry.firstDelay();
    for (int i = 1; i < tries && wait.compareTo(retry.maxDelay()) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    Duration bounded = wait.compareTo(retry.maxDelay()) < 0 ? wait : retry.maxDelay();
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    Environment.Cancellable timer = environment.schedule(bounded, () -> over.complete(true));
    try {
      var unused = environment.await(over);
    } catch (InterruptedException e) {
      timer.cancel();
      Thread.currentThread().interrupt();
      throw new DgenException(
          "interrupted before a further try of a step of " + address, e, Effect.UNKNOWN);
    }
  }

  /**
   * Returns the result that was recorded, and not the one that the step returned: so the first run
   * sees what every later one does.
   */
  private @Nullable Object outcome(Form form, String named, byte[] recorded) {
    try {
      return ReplyRecord.read(recorded, form.codec());
    } catch (CodecException e) {
      throw new CodecException(
          "the recorded result of "
              + named
              + " of "
              + address
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  /** A run of a step. */
  private final class Run implements StepContext {

    private final Form form;
    private final String key;
    private final Begun begun;

    private Run(Form form, String key, Begun begun) {
      this.form = form;
      this.key = key;
      this.begun = begun;
    }

    @Override
    public String stepKey() {
      return steps.stepKey(begun, form, key);
    }

    @Override
    public int attempt() {
      return begun.record().attempts();
    }
  }
}
