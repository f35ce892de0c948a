package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import java.util.List;

/**
 * A step of the work under a lock.
 *
 * @param record the record that the user wrote
 * @param formerNames the names under which its results were recorded before, the newest first
 * @param result the {@code R} of {@code Step<R>}
 */
public record StepModel(ClassName record, List<String> formerNames, Shape result) {

  /**
   * Returns the name under which results are recorded.
   *
   * @return the record's simple name
   */
  public String name() {
    return record.simpleName();
  }
}
