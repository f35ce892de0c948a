package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import java.util.List;

/**
 * An enum that the codecs write, by the names of its constants.
 *
 * @param type the enum
 * @param constants its constants, in declaration order
 */
public record EnumModel(ClassName type, List<Constant> constants) {

  /**
   * A constant.
   *
   * @param name its name
   * @param formerNames the names under which it was stored before, the newest first
   */
  public record Constant(String name, List<String> formerNames) {}
}
