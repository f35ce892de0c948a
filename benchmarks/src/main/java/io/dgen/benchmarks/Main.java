package io.dgen.benchmarks;

/** Counts. */
public final class Main {

  private Main() {}

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println("visits = 0");
  }
}
