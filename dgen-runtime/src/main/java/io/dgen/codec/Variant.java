package io.dgen.codec;

/**
 * One class of the values of a sealed interface, for {@link TermCodecs#variants}.
 *
 * @param name the variant's name in terms; no class is ever looked up by it
 * @param type the class of the values: a record, an enum or another final class
 * @param codec writes and reads the values
 * @param <T> the type of the values
 */
public record Variant<T>(String name, Class<? super T> type, TermCodec<T> codec) {}
