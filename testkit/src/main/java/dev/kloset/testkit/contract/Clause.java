package dev.kloset.testkit.contract;

import dev.kloset.Plugin.Kind;

/**
 * The contract between a host and a plugin, one rule each. The name of a constant is its id; an id is never reused for another
 * rule. The document {@code docs/contract.md} is generated from this list.
 */
public enum Clause {

    // ---- T: the transport

    T01("The first frame on standard output is SETTINGS, and no byte stands before it.",
            "A host closes the connection for good if anything else comes first, such as a printed banner.",
            checked("the first bytes of a fresh process are read as a frame")),
    T02("Standard output carries HTTP/2 frames and nothing else, for as long as the process lives.",
            "One printed line between two frames breaks every call in progress.",
            checked("everything on standard output during the other checks is cut into frames")),
    T03("SETTINGS come within 20 s of the start.",
            "The host waits that long, on a busy machine too.",
            checked("the time from the start of a process to its first frame is taken")),
    T04("A PING is acknowledged with the same eight bytes.",
            "The host sizes its windows by the answer; without it every transfer stays slow.",
            checked("a PING is sent before any call")),
    T05("The host's SETTINGS are acknowledged.",
            "A host may hold back frames until it knows that its settings are in force.",
            checked("the acknowledgement is awaited on a fresh connection")),
    T06("The plugin never sends GOAWAY while the host is there.",
            "The host would dial again, get the same pipe, and fail with confusing words.",
            checked("no GOAWAY is among the frames of all the other checks")),
    T07("Windows of a single byte slow an answer down but do not change or break it.",
            "The host's windows are small at the start; a plugin that overruns them is cut off.",
            checked("Init is answered over windows of one byte, and no window is overrun")),
    T08("Every message is well-formed protobuf.",
            "A message that cannot be read ends the whole stream.",
            checked("every message of all the other checks is parsed")),
    T09("A method that does not exist is answered with UNIMPLEMENTED.",
            "This is how a newer host finds out what it can ask of an older plugin.",
            checked("a method of an invented name is called")),
    T10("Fields that the plugin does not know are skipped.",
            "Newer hosts send more than older plugins know.",
            checked("Init is sent with additional fields of every wire type")),
    T11("A call that fails says why: its status has a message.",
            "Only the message reaches the user; an empty one shows as no error at all.",
            checked("the statuses of all the other checks are inspected")),
    T12("No message is larger than 4 MiB.",
            "The host refuses larger ones and the call fails.",
            checked("the largest message of all the other checks is measured")),
    T13("The plugin announces no limit on concurrent calls below 100, and ideally none below 1000.",
            "During a backup the host may have 64 calls for old objects and one more per worker.",
            checked("MAX_CONCURRENT_STREAMS is read out of the first SETTINGS")),
    T14("A call that the host resets ends alone: the connection goes on.",
            "The host resets every file that it stops reading early.",
            checked("a streaming call is reset at its beginning and in its middle, then Ping is called")),
    T15("An unread stream does not keep the bytes of other streams from arriving.",
            "Acknowledgements must get through while a large file waits.",
            checked("a content, or an object, is left unread until its window is full, and other calls are made meanwhile")),

    // ---- L: the life of a process

    L01("Init is answered with a type, an origin and a root.",
            "They name the source in every snapshot.",
            checked("the answer to Init is read")),
    L02("A call before Init is refused with a sentence, and the process lives on.",
            "Hosts make mistakes; a crash would take away the message that explains this one.",
            checked("Ping and a call of the kind are made before Init, then Init")),
    L03("A second Init is refused with a sentence, and the first connector stays.",
            "Replacing a connector silently leaks the first and mixes two places.",
            checked("Init is called twice, then Ping")),
    L04("Init works without options.",
            "Options are a message of their own and may be left out.",
            checked("Init is sent without the options")),
    L05("Init without a location fails with a sentence, and the process lives on.",
            "This is the most frequent mistake in a configuration.",
            checked("Init is sent with an empty configuration, then with the right one")),
    L06("Ping is answered at any time after Init.",
            "This is how a user asks whether a source can be reached.",
            checked("Ping is called after Init")),
    L07("Close is answered.",
            "The host waits for the answer without a limit.",
            checked("Close is called after Init")),
    L08("Calls after Close are still answered, whatever the answer.",
            "A lock may be deleted by a background task that runs during or after Close.",
            checked("Ping is called after Close")),
    L09("A second Close is answered too.",
            "Two owners of one connection may both close it.",
            checked("Close is called twice")),
    L10("The end of standard input ends the process within 3 s.",
            "When the host dies, this is the only sign that a plugin gets.",
            checked("standard input of an idle process is closed")),
    L11("The end of standard input ends the process within 3 s also while a call is in progress.",
            "A host dies in the middle of work, not at its end.",
            checked("standard input is closed during a streaming call")),
    L12("When the process has ended, none of its children is left.",
            "Neither the host nor the user would ever look for them.",
            checked("the descendants of every process of the other checks are looked for")),
    L13("A request that cannot be parsed fails alone, and the process lives on.",
            "One bad call must not take the others with it.",
            checked("Init is sent with bytes that are not a message, then properly")),
    L14("No error shows the value of an option.",
            "Options contain passwords, and errors end up in logs.",
            checked("Init fails beside an option with a marked value, which must not appear in the message or on standard error")),
    L15("A child process never holds standard output.",
            "A child that outlives the plugin keeps the pipe open and the host waiting.",
            checked("where /proc shows them, the descriptors of all children of the other checks are inspected")),
    L16("No error shows a part of a password, whatever characters the password contains and wherever it is: in the "
            + "location, in an option, or in a URL within an option.",
            "Users write passwords as they are; a slash or an @ ends one too early, and the rest passes for a host or a path.",
            checked("Init fails with passwords of 29 awkward kinds, and their parts are looked for in all messages and on standard error")),

    // ---- I: importers

    I01("Origin, type and root are the same in every process.",
            "The host finds the previous snapshot by all three; otherwise every backup is a full one.",
            checked("the answers to Init of two processes are compared")),
    I02("Root is an absolute, clean path.",
            "Everything is listed and restored from there.",
            checked("the root in the answer to Init is inspected")),
    I03("After the last record exactly one message says finished.",
            "It tells the end of the source from the end of the plugin.",
            checked("a whole import is received")),
    I04("After finished the plugin reads acknowledgements until the host half-closes, and ends the stream only then.",
            "Ending sooner makes the host fail with EOF although everything was read.",
            checked("the last acknowledgement and the half-close are held back")),
    I05("Pathnames are absolute and clean: no empty, . or .. component and no slash at the end.",
            "Others vanish silently from the snapshot.",
            checked("every record of an import is inspected")),
    I06("The name in FileInfo is the last component of the pathname; that of / is /.",
            "The name decides where the entry lands in the snapshot.",
            checked("every record of an import is inspected")),
    I07("A record has FileInfo if and only if it is neither an error nor an extended attribute.",
            "A record that lacks it ends the whole stream.",
            checked("every record of an import is inspected")),
    I08("Every text is valid UTF-8.",
            "One bad file name ends the whole stream.",
            checked("every text of an import is decoded")),
    I09("The mode has Go's bits: one type at most, and none of the bits that Go leaves unused.",
            "POSIX bits in their place turn directories into files.",
            checked("every mode of an import is inspected")),
    I10("A record has a target if and only if its mode says symbolic link.",
            "The host checks the target in some places and the mode in others.",
            checked("every record of an import is inspected")),
    I11("The number of links is at most 65535.",
            "The host keeps 16 bits, and 65536 becomes 0.",
            checked("every record of an import is inspected")),
    I12("No two records have the same pathname and attribute, and no pathname is both a file and a directory.",
            "One replaces the other, and chance decides which.",
            checked("the pathnames of an import are compared")),
    I13("An extended attribute has a record for its file, which lists its name.",
            "The host stores attributes separately and finds them through the file.",
            checked("every attribute of an import is looked up")),
    I14("An import ends even if the host opens nothing.",
            "The host opens only what has changed, and nothing at all for its statistics.",
            checked("all records are acknowledged and none is opened")),
    I15("Acknowledgements may come late and in any order.",
            "The host's workers finish when they finish.",
            checked("they are sent in batches of sixteen, backwards")),
    I16("Content can be opened while records are still being sent.",
            "The host reads while it receives.",
            checked("the first file is opened before the next record is received")),
    I17("Content can be opened after finished, until it is acknowledged.",
            "The last files are read when everything has been listed.",
            checked("a file is opened after finished")),
    I18("Open never sends an empty chunk.",
            "The host takes it for a read error of that file.",
            checked("the chunks of every opened content are inspected")),
    I19("Content has as many bytes as its FileInfo says, unless that is -1.",
            "A file that comes back shorter has lost data.",
            checked("the content of files of an import is counted")),
    I20("The same source gives the same bytes in another process.",
            "The host reads a file from whichever process it asked.",
            checked("the content of files is compared between two processes")),
    I21("An Open that the host resets ends alone: the import goes on.",
            "The host stops reading a file when it fails to store it.",
            checked("an Open is reset after its first chunk, then the import is ended")),
    I22("Open of a missing file fails, and the import goes on.",
            "A file may vanish between listing and reading.",
            checked("a pathname that no record has is opened")),
    I23("Several contents can be open at once.",
            "The host reads with as many workers as it has processors.",
            checked("up to eight contents are opened before any is read")),
    I24("When the host half-closes before finished, the stream still ends by itself.",
            "A host that gives up must not wait forever.",
            checked("the stream is half-closed at its first record")),
    I25("Close during Import is answered, and the process lives on.",
            "The host closes the process of its statistics while that process still counts.",
            checked("Close is called after the first record")),
    I26("An unchanged source looks unchanged in the next process: every field of FileInfo is equal.",
            "Otherwise every backup reads everything again.",
            checked("the records of two processes are compared")),
    I27("When bytes have changed, FileInfo has changed: no content goes stale.",
            "The host does not read a file whose FileInfo equals that of the last snapshot; its new bytes would be lost.",
            checked("files in a mutable directory are changed in ways that keep name, size or time; or a mutable source makes its own "
                    + "changes")),
    I28("Init, an error record or the end of Import reports a missing source.",
            "An empty backup that succeeds looks like a good one.",
            checked("Init is sent with a location below the given one that does not exist")),
    I29("One unreadable file is an error record or a failing Open, never the end of the import.",
            "A backup without one file is better than no backup.",
            checked("a file in a mutable directory vanishes before it is opened, and another is made unreadable")),
    I30("An acknowledgement does not prove storage: the plugin never changes the source because of one.",
            "The host also acknowledges what it failed to store.",
            checked("files in a mutable directory are acknowledged and compared")),

    // ---- E: exporters

    E01("Every record gets exactly one result, with the pathname it came with.",
            "Only the results show the user what could not be restored.",
            checked("directories, files and links are exported and the results counted")),
    E02("The stream ends with OK after the half-close, not before it.",
            "A host whose stream ends early fails or waits forever.",
            checked("the half-close is held back after the last result")),
    E03("Content arrives byte for byte.",
            "This is what a restore is for.",
            checked("files of many sizes, in large and in small chunks, are compared with what is at the destination")),
    E04("An empty file is created.",
            "Its content is the end marker alone.",
            checked("a file without a byte is exported and looked for")),
    E05("A half-close inside a file is an error of that file, and the file does not appear.",
            "The host could not read the rest; half a file must not pass for the whole.",
            checked("the stream is half-closed before the end marker")),
    E06("A pathname with .. is an error, and nothing is written outside the destination.",
            "A snapshot is data, and data must not choose where it goes.",
            checked("such records are exported, and the surroundings of the destination compared if it is a directory here")),
    E07("A record below a symbolic link does not write through the link.",
            "A link in a snapshot would lead anywhere on the machine.",
            checked("a link to a directory outside and a file below it are exported")),
    E08("The exporter goes on after a record that failed.",
            "One bad file is not the end of a restore.",
            checked("a file follows one that must fail, because it lies below a file")),
    E09("Records that cannot be restored also get a result: errors, attributes, pipes.",
            "No other message would report them.",
            checked("one of each is exported")),
    E10("A file without content gets its result at once, without waiting for chunks.",
            "No chunk will come.",
            checked("a file whose record says that there is no content is exported")),
    E11("An export without any record ends with OK.",
            "An empty directory can be restored.",
            checked("the stream is half-closed at once")),
    E12("Files get their mode and their modification time.",
            "A restore without them changes what the next backup sees.",
            checked("mode and time of an exported file are read back, as far as the destination keeps them")),
    E13("An existing file is replaced.",
            "Users often repeat a restore.",
            checked("the same pathname is exported twice with different content")),
    E14("Names may contain anything but a slash: blanks, line ends, letters of every script, 255 bytes.",
            "Users have such files.",
            checked("files with such names are exported and looked for; a destination that does not keep odd names may refuse them")),
    E15("When the host resets the stream inside a file, the file does not appear.",
            "Ctrl-C must not leave files that look whole.",
            checked("the call is reset after 20 MiB, more than fits into any window")),
    E16("When the process is killed inside a file, the file does not appear.",
            "Cancelling a restore kills the plugin.",
            checked("the process is killed after 20 MiB, more than fits into any window")),
    E17("A result is never absent and never without a header.",
            "The host crashes on such a message.",
            checked("every message of every export is inspected")),
    E18("A directory is created even if it is empty, and a link keeps its target verbatim.",
            "They are part of the tree.",
            checked("both are exported and looked for, as far as the destination keeps them")),

    // ---- S: stores

    S01("Open without a repository fails with a sentence.",
            "This is how a user learns of a wrong location.",
            checked("Open is called before Create")),
    S02("Open returns the bytes that Create received, any number of times and in every process.",
            "They contain the key of the repository.",
            checked("configurations of several sizes are created and opened twice")),
    S03("Create refuses a location that holds a repository.",
            "The host does not check before it creates.",
            checked("Create is called twice")),
    S04("Mode has the bits 2 (write) and 4 (read).",
            "Without them the host refuses to back up or to restore.",
            checked("Mode is called, and its time compared with that of a call that does nothing: hosts ask once per opened "
                    + "file, so a slow answer is a remark")),
    S05("Size is -1 or a number of bytes that is not negative.",
            "The host shows it as an unsigned number.",
            checked("Size is called")),
    S06("An object comes back byte for byte, and Put reports how many bytes it stored.",
            "This is what a store is for.",
            checked("objects of one byte up to 9 MiB are put and got")),
    S07("List has every object, each once, with 32 bytes.",
            "The host fails on any other length, and maintenance deletes what it does not see in use.",
            checked("objects are put and listed")),
    S08("The three kinds of object are kept apart.",
            "A lock and a state may have the same MAC.",
            checked("three objects with one MAC are put, listed, got and deleted")),
    S09("A MAC that is not 32 bytes long is refused with a sentence, and the process lives on.",
            "Cutting it would store the object under another name.",
            checked("Put, Get and Delete are called with 16 and 33 bytes")),
    S10("A range inside an object comes back in full and exact.",
            "The host reads blobs out of packfiles by range and needs every byte.",
            checked("ranges at every edge are compared with the object")),
    S11("A range that reaches beyond the end returns what there is; one that begins there returns nothing.",
            "The host pads its ranges without knowing the size.",
            checked("ranges across, at and beyond the end are requested")),
    S12("Put over an object replaces it as a whole.",
            "The host renews locks every five minutes.",
            checked("a longer and a shorter object follow under the same MAC")),
    S13("A deleted object is no longer listed, and Get no longer returns it.",
            "Stale locks block maintenance.",
            checked("an object is deleted, listed and got")),
    S14("Deleting a missing object succeeds.",
            "Two hosts may remove the same stale lock.",
            checked("an object that was never put is deleted")),
    S15("Get of a missing object fails with a sentence.",
            "An empty answer would pass for an empty object.",
            checked("an object that was never put is got")),
    S16("Many writers at once do not disturb each other.",
            "A backup writes with several workers.",
            checked("sixteen objects are put at the same time, and one by two processes")),
    S17("Neither List nor Get shows an object that is still being put.",
            "A truncated state makes every command on the repository fail.",
            checked("List and Get are called in the middle of a Put")),
    S18("A Put that is reset leaves nothing.",
            "The host could not read its source; half an object must not pass for the whole.",
            checked("a Put is reset in its middle, then listed and got")),
    S19("A process killed in the middle of a Put leaves nothing that another process can see.",
            "Cancelling a backup kills the plugin.",
            checked("the process is killed in the middle of a Put, and another process lists and gets")),
    S20("When Put has answered, every other process sees the object.",
            "Another host reads the lock at once.",
            checked("a second process lists and gets what the first has just put")),
    S21("Sixty-five Gets at once are served.",
            "A backup prefetches with 64 workers and reads with one more.",
            checked("sixty-five Gets are opened before the first is read")),
    S22("The type is neither fs nor ptar.",
            "The host treats stores of these types as its own files.",
            checked("the type in the answer to Init is inspected")),
    S23("A Put that fails reads its stream to the end before it says so.",
            "The host would report \"EOF\" instead of the reason.",
            checked("four megabytes are put under a kind of object that does not exist")),
    S24("Delete after Close is served.",
            "The host deletes its lock in the background.",
            checked("an object is deleted after Close and looked for in another process")),
    S25("A Get that is reset ends alone.",
            "A host stops reading when it has what it needs.",
            checked("a Get is reset after its first chunk, then another one is read in full")),
    S26("Objects outlive the process.",
            "This is what a store is for.",
            checked("an object is put, the process ended, and the object got by another process")),
    S27("When Put has answered, the object survives a power cut.",
            "The host deletes its own copy.",
            notChecked("it takes a machine whose power can be cut")),
    S28("A list that would exceed 4 MiB fails with a sentence instead of being cut.",
            "Maintenance deletes what a cut list does not show as used.",
            notChecked("it takes more than 123 000 objects, too many to put into a user's store"));

    private final String rule;
    private final String reason;
    private final boolean checked;
    private final String how;

    Clause(String rule, String reason, Way way) {
        this.rule = rule;
        this.reason = reason;
        this.checked = way.checked;
        this.how = way.words;
    }

    /** How a check judges a clause, or why no check can. */
    private record Way(boolean checked, String words) {}

    private static Way checked(String how) {
        return new Way(true, how);
    }

    private static Way notChecked(String why) {
        return new Way(false, why);
    }

    /** {@return the id, such as {@code T01}} */
    public String id() {
        return name();
    }

    /** {@return the rule, one sentence} */
    public String rule() {
        return rule;
    }

    /** {@return what goes wrong without the rule, one sentence} */
    public String reason() {
        return reason;
    }

    /** {@return whether there is a check for the clause} */
    public boolean isChecked() {
        return checked;
    }

    /** {@return how the check judges the clause, or why there is no check} */
    public String how() {
        return how;
    }

    public Family family() {
        return Family.of(name().charAt(0));
    }

    /** {@return whether the clause applies to connectors of that kind} */
    public boolean concerns(Kind kind) {
        return switch (family()) {
            case TRANSPORT, LIFE -> this != L04 || kind != Kind.STORAGE; // a store has no options
            case IMPORTER -> kind == Kind.IMPORTER;
            case EXPORTER -> kind == Kind.EXPORTER;
            case STORE -> kind == Kind.STORAGE;
        };
    }

    /** What the rules are about. */
    public enum Family {
        TRANSPORT('T', "Transport"),
        LIFE('L', "Life of a process"),
        IMPORTER('I', "Importers"),
        EXPORTER('E', "Exporters"),
        STORE('S', "Stores");

        private final char letter;
        private final String title;

        Family(char letter, String title) {
            this.letter = letter;
            this.title = title;
        }

        public String title() {
            return title;
        }

        private static Family of(char letter) {
            for (Family family : values()) {
                if (family.letter == letter) {
                    return family;
                }
            }
            throw new IllegalStateException("no family has the letter " + letter);
        }
    }
}
