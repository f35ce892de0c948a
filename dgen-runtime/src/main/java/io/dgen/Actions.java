package io.dgen;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Lists of actions. */
final class Actions {

  private Actions() {}

  /** Returns an action that never halts later ones. */
  static <S> HaltingAction<S> always(Action<? super S> action) {
    Objects.requireNonNull(action, "action");
    return state -> {
      action.run(state);
      return true;
    };
  }

  static <S> List<HaltingAction<? super S>> append(
      List<? extends HaltingAction<? super S>> actions, HaltingAction<? super S> action) {
    List<HaltingAction<? super S>> longer = new ArrayList<>(actions);
    longer.add(Objects.requireNonNull(action, "action"));
    return longer;
  }
}
