package dev.kloset.cli.shell;

import dev.kloset.Plugin.Kind;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code importer}, {@code exporter} or {@code storage}, the words of manifests. */
public final class KindConverter implements ITypeConverter<Kind> {

    /** The words, for the completion in a shell. */
    public static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Kind.values()).map(Kind::manifestType).iterator();
        }
    }

    @Override
    public Kind convert(String text) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.manifestType().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected importer, exporter or storage, not \"" + text + "\""));
    }
}
