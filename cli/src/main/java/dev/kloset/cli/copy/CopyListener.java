package dev.kloset.cli.copy;

/** Hears of every record that could not be copied, while the copy goes on. Called from several threads. */
public interface CopyListener {

    /**
     * Hear that one record failed.
     *
     * @param pathname of the record: below the source's root once it has been read, else as the source names it
     * @param message one sentence
     */
    void failed(String pathname, String message);

    /**
     * Hear that a file was copied whose content is shorter or longer than its record said. It may have changed meanwhile; an
     * importer that loses bytes looks the same. Only the first ten are reported one by one.
     */
    void sizeDiffers(String pathname, long announced, long read);

    /** Hear, once per copy, that the destination takes no extended attributes and they are left out. */
    void xattrsLeftOut();

    /** Owners are not kept: said once, with the first file of another user. */
    void ownersLeftOut();
}
