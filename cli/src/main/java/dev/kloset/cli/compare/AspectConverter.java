package dev.kloset.cli.compare;

import dev.kloset.internal.NearestWord;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code mode}, {@code mtime} and so on. */
public final class AspectConverter implements ITypeConverter<Aspect> {

    /** The words, for the completion in a shell. */
    public static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Aspect.values()).map(Aspect::word).iterator();
        }
    }

    @Override
    public Aspect convert(String text) {
        return Stream.of(Aspect.values())
                .filter(aspect -> aspect.word().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> unknown(text));
    }

    private static TypeConversionException unknown(String text) {
        List<String> words = Stream.of(Aspect.values()).map(Aspect::word).toList();
        return new TypeConversionException("expected " + String.join(", ", words) + ", not \"" + text + "\""
                + NearestWord.question(text, words));
    }
}
