package dev.kloset;

/**
 * One item on its way between a connector and the host: a file of any type, an extended attribute of a file, or an error at a
 * path.
 */
public sealed interface ConnectorRecord permits FileRecord, XattrRecord, ErrorRecord {

    /**
     * {@return the path: absolute, slash-separated, without {@code .}, {@code ..}, empty parts or a trailing slash} The root of
     * everything is {@code /}.
     */
    String pathname();
}
