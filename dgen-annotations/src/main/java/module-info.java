/** The annotations for servers. No dependency, nothing at run time. */
module io.dgen.annotations {
  exports io.dgen.annotations;
}
