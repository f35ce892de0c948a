package io.dgen.processor.validate;

/**
 * The compile errors: each has a code, and a format with the rule, what was found and what to do.
 *
 * <p>The arguments of each format are named in the comment before its constant.
 */
public enum Message {
  // The interface.

  /** The type; its kind. */
  NOT_INTERFACE(
      "not-interface", "%s must be an interface to be a distributed server; found %s; change it"),
  /** The interface; the type that is private. */
  PRIVATE_INTERFACE(
      "private-interface",
      "%s must be visible in its package, where its client is generated; found that %s is private;"
          + " remove the modifier"),
  /** The interface. */
  LOCAL_INTERFACE(
      "local-interface",
      "%s must be a top-level type or a member of one, since processors do not see it elsewhere;"
          + " found it in a method; move it out"),
  /** The interface; its type parameters. */
  GENERIC_INTERFACE(
      "generic-interface",
      "%s must not have type parameters, since stored data has one type; found <%s>;"
          + " remove them"),
  /** The interface. */
  SEALED_INTERFACE(
      "sealed-interface", "%s must be open for implementation; found sealed; remove the modifier"),
  /** The interface; the server that it extends. */
  EXTENDS_SERVER(
      "extends-server",
      "%s must not extend another distributed server, since it would inherit callbacks of messages"
          + " that are not its own; found %s; let both extend an interface without the annotation"),
  /** The interface; the name. */
  SERVER_NAME(
      "server-name",
      "the name of %s must have 1 to 255 characters, not all blank, without control characters and"
          + " unpaired surrogates; found \"%s\"; choose another"),
  /** The interface; the name; the other interface. */
  SAME_SERVER(
      "same-server",
      "%s must be stored under a name of its own; found \"%s\", the name of %s too; give one of"
          + " them another with @DistributedServer(name = ...)"),
  /** What is too long; the generated file; the bytes of its name. */
  NAME_LENGTH(
      "name-length",
      "%s must be short enough for the files that are generated, whose names can have at most 255"
          + " bytes; found %s with %d; shorten it"),
  /** The interface; the generated class. */
  GENERATED_NAME(
      "generated-name", "%s generates %s; found another class of that name; rename one of them"),
  /** The type that is missing; what a module needs too. */
  NO_RUNTIME(
      "no-runtime",
      "generated code needs dgen-runtime; found no class %s; add io.dgen:dgen-runtime to the"
          + " dependencies%s"),

  // The state.

  /** The interface. */
  NO_STATE(
      "no-state",
      "%s must have a state; found none; declare a nested record State, or name a record with"
          + " @DistributedServer(state = ...)"),
  /** The type; what it is. */
  STATE_NOT_RECORD("state-not-record", "state %s must be a record; found %s; make it a record"),
  /** The interface; the state of the annotation. */
  STATE_AMBIGUOUS(
      "state-ambiguous",
      "%s must have one state; found the nested record State and @DistributedServer(state ="
          + " %s.class); remove one of them"),
  /** The record; the kind of message. */
  STATE_IS_MESSAGE(
      "state-is-message", "state %s must not be a message; found implements %s; remove it"),

  // Records.

  /** The interface. */
  NO_MESSAGES(
      "no-messages",
      "%s must have a message; found none; declare a nested record that implements Call<R>, Cast,"
          + " Info or Query<R>"),
  /** The type; its kind; the kind of message. */
  MESSAGE_NOT_RECORD(
      "message-not-record",
      "message %s must be a record; found %s that implements %s; make it one"),
  /** The record; the kinds. */
  TWO_KINDS("two-kinds", "message record %s must have one kind; found %s; keep one of them"),
  /** The record. */
  RAW_CALL(
      "raw-call",
      "message record %s must say the type of its reply; found Call; write Call<R>, or Cast if it"
          + " has no reply"),
  /** The record; what was found. */
  QUERY_REPLY(
      "query-reply",
      "message record %s must say the type of its reply, since a query does nothing but reply;"
          + " found %s; write Query<R>"),
  /** The record; its type parameters. */
  GENERIC_RECORD(
      "generic-record", "record %s must not have type parameters; found <%s>; remove them"),
  /** The record; how many words its components take. */
  RECORD_SIZE(
      "record-size",
      "record %s must have components of at most 254 words, of which a long or a double takes two,"
          + " since no constructor takes more; found %d; put some of them into a record of their"
          + " own"),
  /** The path; the type; why or what to do. */
  NO_CODEC("no-codec", "%s: %s has no codec; %s"),
  /** The path; the class. */
  NOT_CODEC(
      "not-codec",
      "%s: @UseCodec must name a class that implements io.dgen.codec.TermCodec; found %s; name a"
          + " codec"),
  /** The path; the codec; the type; what the codec implements. */
  CODEC_TYPE("codec-type", "%s: codec %s must be a TermCodec<%s>; found %s; name another codec"),
  /** The path; the codec; which is not visible. */
  CODEC_HIDDEN(
      "codec-hidden",
      "%s: codec %s must be visible in the package of the server, where it is used; found that %s"
          + " is not; make it visible"),
  /** The path; the codec; what it is. */
  CODEC_CLASS(
      "codec-class",
      "%s: codec %s must be a static or top-level class that can be instantiated; found %s;"
          + " change it"),
  /** The path; the codec; what was found. */
  CODEC_CONSTRUCTOR(
      "codec-constructor",
      "%s: codec %s must have a constructor without parameters that generated code can call; found"
          + " %s; add one"),
  /** The record; what it is. */
  USELESS_CODEC(
      "useless-codec",
      "%s: @UseCodec must be on a component or on a type that is used in one; found it on %s;"
          + " remove it"),
  /** The path; the record; the record with its arguments. */
  ENDLESS_TYPE(
      "endless-type",
      "%s: record %s must not contain itself with ever larger type arguments, which would need"
          + " infinitely many codecs; found %s; give it the same arguments inside"),
  /** The path; the type. */
  ID_TYPE(
      "id-type",
      "%s: an id must be a String, UUID, long, int or enum; found %s; mark another component"),
  /** The path; the one component; the other. */
  TWO_IDS("two-ids", "%s must have one id; found @Id on %s and %s; remove one of them"),
  /** The path; the kind of record; the record. */
  USELESS_ID(
      "useless-id",
      "%s: @Id must be in a record that is an item of a list in the state; found it in %s %s;"
          + " remove it"),
  /** The path; what was found. */
  USELESS_TERM(
      "useless-term",
      "%s: @Term must be on a part of the state that would be stored by its own parts: a record, a"
          + " list of records with ids, or a map with String, integer, UUID or enum keys; found it"
          + " on %s; remove it"),
  /** The path; what the text must be; the text. */
  DEFAULT_VALUE("default-value", "%s: @Default must be %s; found %s; correct it"),
  /** The path; the type; the record; what was found; what to do. */
  DEFAULT_METHOD(
      "default-method",
      "%s: @Default of %s must name a method of %s that is static, visible here, without"
          + " parameters and exceptions, and returns it, such as \"none()\"; found %s; %s"),
  /** The path. */
  USELESS_DEFAULT(
      "useless-default",
      "%s: @Default must be on a component of the state, of a message or of a record in them; found"
          + " it on something that is never stored; remove it"),
  /** The path; what was found. */
  RENAMED_NAME(
      "renamed-name",
      "%s: @Renamed must give one former name or more, each a Java identifier, none twice and none"
          + " its own; found %s; correct it"),
  /** The path; the name; who has it. */
  RENAMED_TAKEN(
      "renamed-taken",
      "%s: @Renamed must give names that are not in use; found \"%s\", the name of %s; remove one"
          + " of the two"),
  /** The path; the name; who had it too. */
  RENAMED_TWICE(
      "renamed-twice",
      "%s: @Renamed must give names that nothing else had; found \"%s\", a former name of %s too;"
          + " remove it from one of them"),
  /** The path. */
  USELESS_RENAMED(
      "useless-renamed",
      "%s: @Renamed must be on a message record, on a component of the state, of a message or of a"
          + " record in them, or on a variant of a sealed interface or a constant of an enum in"
          + " them; found it on something that is never stored by that name; remove it"),
  /** The path; the type; which is private. */
  INACCESSIBLE(
      "inaccessible",
      "%s: %s must be visible in the package of the server, where its codec is generated; found"
          + " that %s is not; make it visible"),

  // Names that the records determine.

  /** The record; the client method; who has the name. */
  CLIENT_METHOD(
      "client-method",
      "message record %s gives the client a method %s(); found that the name is taken by %s; rename"
          + " the record, or the method with @ClientName"),
  /** The record; the other record. */
  SAME_NAME(
      "same-name",
      "message record %s must differ from the others in more than case; found record %s; rename one"
          + " of them"),
  /** The record; the client method; the other record. */
  SAME_METHOD(
      "same-method",
      "message record %s gives the client a method %s(); found that record %s gives it too; rename"
          + " one of them, or its method with @ClientName"),
  /** The record; the value. */
  CLIENT_NAME(
      "client-name",
      "message record %s: @ClientName must be a Java identifier and not a keyword; found %s; choose"
          + " another name"),
  /** The type. */
  USELESS_CLIENT_NAME(
      "useless-client-name",
      "%s: @ClientName must be on a message record of the server; found it on something that gives"
          + " the client no method; remove it"),
  /** The record; the generated type; the taken name. */
  MESSAGE_NAME(
      "message-name",
      "message record %s gives %s a nested class; found that it has its own %s; rename the record"),

  /** The record; the generated type; the package. */
  HIDDEN_PACKAGE(
      "hidden-package",
      "message record %s gives %s a nested class; found that it would hide the package %s there;"
          + " rename the record"),

  // Steps.

  /** The type; what was found. */
  STEP_FORM(
      "step-form",
      "step %s must be a record without components and type parameters, since a step is known by"
          + " its name; found %s; change it"),
  /** The record. */
  STEP_IS_MESSAGE(
      "step-is-message",
      "step record %s must not be a message too; found another marker beside Step; remove one of"
          + " them"),
  /** The record. */
  STEP_RESULT(
      "step-result",
      "step record %s must say the type of its result; found Step; write Step<R>, or Step<Void> if"
          + " it has none"),
  /** The record; the generated class; the method; who has the name. */
  STEP_METHOD(
      "step-method",
      "step record %s gives %s a method %s(); found that the name is taken by %s; rename the"
          + " record"),
  /** The record; the interface. */
  STEP_UNLOCKED(
      "step-unlocked",
      "step record %s must have a handleLocked to run in; found none in %s; declare one for the"
          + " message whose work it is a part of, or remove the record"),
  /** The record; the callback; the expression. */
  STEP_CALLBACK(
      "step-callback",
      "step record %s must have no callback, since it is no message; found %s; run it in"
          + " handleLocked, with %s"),

  // Callbacks.

  /** The record; the callback to declare. */
  UNHANDLED("unhandled", "message record %s has no callback; declare %s"),
  /** The record; the name that the callback must have; the method that was found. */
  MISNAMED_CALLBACK(
      "misnamed-callback", "message record %s must have a callback named %s; found %s; rename it"),
  /** The records with a verb; the interface; them. */
  MESSAGE_OUTSIDE("message-outside", "%s declared outside %s; declare %s inside"),
  /** The record; what it implements; the kind. */
  FOREIGN_MARKER("foreign-marker", "%s implements %s, not io.dgen.%s; import that"),
  /** The type; the interface; the callback; what to do. */
  GROUP_CALLBACK(
      "group-callback",
      "%s is not a message record of %s, and each record has its own callback; found %s; %s"),
  /** The type; the interface; a hint. */
  UNKNOWN_MESSAGE("unknown-message", "%s is not a message record of %s; %s"),
  /** The record; the callback; the kind to implement. */
  UNMARKED_MESSAGE(
      "unmarked-message",
      "%s implements none of Call, Cast, Info and Query, so %s is never called for it; let it"
          + " implement %s"),
  /** The callback; how many; the messages. */
  MESSAGE_PARAMETER(
      "message-parameter", "%s must take one message; found %s; take one message record of %s"),
  /** The callback; the state; what was found. */
  STATE_PARAMETER("state-parameter", "%s must take the state, %s; found %s; take %2$s"),
  /** The callback; what a callback takes; the parameter's type; what to do. */
  CALLBACK_PARAMETER("callback-parameter", "%s takes %s; found %s; %s"),
  /** The callback; the type. */
  DUPLICATE_PARAMETER(
      "duplicate-parameter", "%s must take each thing once; found two %s; remove one"),
  /** The record; the two callbacks. */
  DUPLICATE_CALLBACK(
      "duplicate-callback", "%s must have one callback; found %s and %s; remove one of them"),
  /** The record; its kind; the name that the callback must have; the name that it has. */
  WRONG_CALLBACK(
      "wrong-callback",
      "%s is %s, so its callback must be named %s; found %s; rename it, or change the kind"),
  /** The callback; what it is. */
  CALLBACK_FORM(
      "callback-form",
      "%s must be a default or abstract method without type parameters; found %s; change it"),
  /** The callback; the throwables that are no exceptions. */
  CALLBACK_THROWS(
      "callback-throws",
      "%s must declare to throw only exceptions; found throws %s; declare Exception, or a class"
          + " below it"),
  /** The callback; what was found. */
  ASKED_MESSAGE(
      "asked-message",
      "%s must take what was asked: one record of a distributed server that implements Call<R>;"
          + " found %s; take one"),
  /** The callback; the answer's type; what was found. */
  ANSWER_TYPE("answer-type", "%s must take the answer as %s; found %s; take %2$s"),
  /** The callback; the callback to declare. */
  ANSWER_UNHANDLED(
      "answer-unhandled",
      "%s must be for an answer that has a handleAnswer; found none; declare %s, or remove the"
          + " method"),
  /** The call; the generated class; its member; who has one of that name too. */
  SAME_ASK("same-ask", "asking %s gives %s %s; found that %s gives it too; rename one of them"),
  /** The call; the generated class; its member; who has the name. */
  ASK_NAME(
      "ask-name",
      "asking %s gives %s %s; found that the name is taken by %s; rename the record or its"
          + " interface"),
  /** The callback; the caller's type; what was found. */
  FROM_TYPE("from-type", "%s must take the caller as %s; found %s; take %2$s"),
  /** The callback; what it must return; what was found. */
  CALL_RETURN("call-return", "%s must return %s; found %s"),
  /** The callback; the type; the result to return. */
  AMBIGUOUS_RETURN(
      "ambiguous-return",
      "%s must say whether it returns the state or the reply; found %s, which is both; return %s"),
  /** The callback; what it must return; what was found. */
  CAST_RETURN("cast-return", "%s must return %s; found %s"),
  /** The callback; what it must return; what was found. */
  QUERY_RETURN(
      "query-return",
      "%s must return the reply, %s, since a query changes nothing; found %s; return %2$s, or make"
          + " the message a Call"),
  /** The callback; the caller's type. */
  REPLY_LATER("reply-later", "%s replies later, so it must take the caller; found no %s; take one"),
  /** The callback; the callback to declare. */
  LOCK_UNHANDLED(
      "lock-unhandled",
      "%s locks, so its message must have a handleLocked; found none; declare %s"),
  /** The callback; the callback of the message; what that returns; what it must return. */
  LOCKED_UNREACHABLE(
      "locked-unreachable",
      "%s must be for a message that locks; found that %s returns %s; return %s there, or remove"
          + " the method"),
  /** The callback; the message. */
  INFO_DEAD_LETTER(
      "info-dead-letter",
      "%s must be for a Call or a Cast, since an Info never becomes a dead letter; found that %s is"
          + " an Info; remove the method"),
  /** The callback; the message. */
  QUERY_UNQUEUED(
      "query-unqueued",
      "%s must be for a Call or a Cast, since a Query neither locks nor becomes a dead letter;"
          + " found that %s is a Query; remove the method"),
  /** The callback; what it must return; what was found. */
  LOCKED_RETURN("locked-return", "%s must return %s; found %s"),
  /** The interface; the state. */
  NO_INIT("no-init", "%s must create its first state; found no init; declare %s init()"),
  /** The state; what was found. */
  INIT_RETURN("init-return", "%s must return the state, %s; found %s"),
  /** The callback; what was found. */
  DELETE_RETURN(
      "delete-return",
      "%s must return nothing, since the entity is gone after it; found %s; return void"),

  // Released schemas.

  /** The option; what it must be; what it is. */
  SCHEMA_OPTION(
      "schema-option", "the processor's option %s must be %s; found %s; correct the build"),
  /** The file; the line; what was found. */
  SCHEMA_FILE(
      "schema-file",
      "%s must be unchanged since the build wrote it; found, in line %d, %s; restore the file, or"
          + " write a new one with -Adgen.schema=replace"),
  /** The interface; the released name; the name. */
  SCHEMA_NAME(
      "schema-name",
      "%s must keep the name under which its entities are stored, \"%s\"; found \"%s\"; write"
          + " @DistributedServer(name = \"%2$s\")"),
  /** The path; the version; the old type; the new type. */
  SCHEMA_TYPE(
      "schema-type",
      "%s must read what schema version %d wrote, %s; found %s; keep the type or a wider one, or"
          + " give the component another name"),
  /** The enum; the version; the constant. */
  SCHEMA_CONSTANT(
      "schema-constant",
      "enum %s must have every constant of schema version %d, since it may be stored; found no"
          + " %s; keep it, or put @Renamed(\"%3$s\") on the constant that it is now"),
  /** The interface; the version; the variant. */
  SCHEMA_VARIANT(
      "schema-variant",
      "sealed %s must have every variant of schema version %d, since it may be stored; found no"
          + " %s; keep it, or put @Renamed(\"%3$s\") on the variant that it is now"),
  /** The interface; the version; the message. */
  SCHEMA_MESSAGE(
      "schema-message",
      "%s must have every message of schema version %d, since it may be queued; found no %s; keep"
          + " it until no queue holds one, or put @Renamed(\"%3$s\") on the record that it is now"),
  /** The interface; the version; the answer. */
  SCHEMA_ANSWER(
      "schema-answer",
      "%s must have every handleAnswer of schema version %d, since an ask may be open; found none"
          + " for %s; keep it until no answer to one is owed, queued or a dead letter"),
  /** The interface; the version; the step. */
  SCHEMA_STEP(
      "schema-step",
      "%s must have every step of schema version %d, since its result may be recorded under a lock;"
          + " found no %s; keep it until no message has one, or put @Renamed(\"%3$s\") on the"
          + " record that it is now"),
  /** The record; the old kind; the version; the new kind. */
  SCHEMA_KIND(
      "schema-kind",
      "message record %s must stay a %s, as in schema version %d, since it may be queued; found %s;"
          + " declare another record"),
  /** The path; the version; the name. */
  SCHEMA_FORGOTTEN(
      "schema-forgotten",
      "%s must keep the former names that schema version %d has, since data under them may be"
          + " stored; found no \"%s\"; add it to its @Renamed"),
  /** The path; the version; the name of what is gone. */
  SCHEMA_LOST(
      "schema-lost",
      "%s is new, and schema version %d has \"%s\", which is gone; found no @Renamed; write"
          + " @Renamed(\"%3$s\") if it is the same, or @Default(...) if it is something else"),
  /** The path; the name. */
  SCHEMA_REUSED(
      "schema-reused",
      "%s must not reuse a removed name, since data may still be stored under it; found \"%s\";"
          + " choose another name"),

  // Not the user's fault.

  /** The interface. */
  LATE_TYPE(
      "late-type",
      "%s mentions types that another annotation processor generates; found them only after a round"
          + " in which none was generated; let that processor write them in its first round"),
  /** The generated class; the reason. */
  WRITE_FAILED("write-failed", "%s could not be written; found %s; fix that and build again"),
  /** The interface; the stack trace. */
  BUG("bug", "%s could not be processed; this is a bug in dgen, please report it:%n%s");

  private final String code;
  private final String format;

  Message(String code, String format) {
    this.code = code;
    this.format = format;
  }

  /**
   * Returns the code, by which documentation and tests name the error.
   *
   * @return lower-case words joined by hyphens
   */
  public String code() {
    return code;
  }

  /**
   * Returns the error's text.
   *
   * @param arguments what the format needs
   * @return the text as javac prints it
   */
  public String text(Object... arguments) {
    return "[dgen:" + code + "] " + String.format(format, arguments);
  }
}
