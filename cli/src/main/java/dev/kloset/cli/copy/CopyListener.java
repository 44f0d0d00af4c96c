package dev.kloset.cli.copy;

/** Receives every record that could not be copied, while the copy goes on. Called from several threads. */
public interface CopyListener {

    /**
     * Receive the failure of one record.
     *
     * @param pathname the path of the record: relative to the source's root once it has been read, otherwise as the source
     *     names it
     * @param message one sentence
     */
    void failed(String pathname, String message);

    /**
     * Learn that a file was copied whose content is shorter or longer than its record said. The file may have changed
     * meanwhile, but an importer that loses bytes looks the same. Only the first ten are reported one by one.
     */
    void sizeDiffers(String pathname, long announced, long read);

    /** Learn, once per copy, that the copy leaves out extended attributes because the destination does not take them. */
    void xattrsLeftOut();

    /** Learn, once per copy, at the first file of another user, that the copy does not keep owners. */
    void ownersLeftOut();
}
