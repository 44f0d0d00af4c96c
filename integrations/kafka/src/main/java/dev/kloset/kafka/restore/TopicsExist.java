package dev.kloset.kafka.restore;

/** What happens to topics that exist already. */
public enum TopicsExist {
    /** The restore is refused. */
    REFUSE,
    /** Records are added at their ends. */
    APPEND,
    /** They are deleted and made again. */
    RECREATE
}
