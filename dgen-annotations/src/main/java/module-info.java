/** The annotations that a developer writes. No dependency, nothing at run time. */
module io.dgen.annotations {
  exports io.dgen.annotations;
}
