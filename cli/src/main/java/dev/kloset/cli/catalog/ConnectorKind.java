package dev.kloset.cli.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a connector is for. */
public enum ConnectorKind {
    IMPORTER,
    EXPORTER,
    STORAGE;

    /** {@return the word in a manifest's {@code type}} */
    public String manifestWord() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the kind with this word} Manifests know more kinds, which need another host. */
    static Optional<ConnectorKind> ofManifestWord(String word) {
        return Stream.of(values()).filter(kind -> kind.manifestWord().equals(word)).findFirst();
    }
}
