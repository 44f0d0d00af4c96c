package dev.kloset.internal;

import java.util.Arrays;
import java.util.Set;

/**
 * The words that sentences about errors consist of. Some users have such a word as their password. Removing it from every
 * sentence would reveal it: a reader of {@code *** user or password} knows the word.
 */
final class OrdinaryWords {

    private static final Set<String> ALL = Set
            .copyOf(Arrays.asList(("a about above abort aborted absent accept accepted access account action"
                    + " active add address admin after again against all allow allowed already also always an and answer any api append"
                    + " application archive are argument as ask at attempt attribute auth authentication author authorization available"
                    + " back backup bad be because been before begin below between block body both broken bucket buffer bug but by byte"
                    + " bytes cache call can cancel cancelled cannot case certificate change channel character check child class clause"
                    + " clean clear client clock close closed code column command complete completed computer config configuration"
                    + " conflict connect connected connecting connection connector contains content continue copy corrupt could count"
                    + " create created credentials current cut damaged data database date day decode default delete deleted denied depth"
                    + " description destination detail device did different directory disk do document does domain done down due"
                    + " duration during each element empty encoding end ended endpoint enough entry environment error errors even every"
                    + " exceeded exception exclude execute exhausted exist existing exists expected expired export exporter external"
                    + " fail failed failure false fatal field file files filesystem find first folder for forbidden format found free"
                    + " from full function gave get give given gone good got granted group guest had handle handler has hash have head"
                    + " header here host hour how id identity if ignored illegal import importer in incomplete incorrect index info"
                    + " inner input install instance instead integration internal interrupt interrupted into invalid io is it item its"
                    + " java job join just key kind known label large last late later layer least left length less level library like"
                    + " limit line link list load local location lock log login long longer lost machine main make manifest many"
                    + " mapping match maximum may mean memory message metadata method minimum minute missing mode modified month more"
                    + " most mount move much must name need needs negative network never new next no node none normal not nothing null"
                    + " number object of off offset ok old on once one only open opened operation option options or order origin other"
                    + " others out output over overflow own owner package packfile page parameter parent parse part password passwords"
                    + " path pending per perhaps permission permitted phase pipe place please plugin point policy pool port position"
                    + " possible prefix present private problem process profile program protocol provided proxy public put query queue"
                    + " quota range rate read reader reading ready reason received record records recover refused region register"
                    + " rejected release remote remove rename repeat reply repository request require required reset resource response"
                    + " restore result retry return revoked right role root row running same save schema second secret section secure"
                    + " see seen send sent sequence server service session set setting settings several shared short should shutdown"
                    + " side signal signature size slow small snapshot socket some source space specified stack standard start"
                    + " started state status still stop storage store stream string subject such suffix support supported sync system"
                    + " table target task temporary test text than that the then there this thread through time timeout timestamp to"
                    + " token too total transaction transfer transport tree tried true try trying two type unable unauthorized under"
                    + " unexpected unit unknown unsupported until up update upload use used user username value version volume wait"
                    + " waiting was way were what when where which while who why will with within without word words work worker write"
                    + " writer written wrong year yes you your zone").split(" ")));

    /** Words that describe a password: after that word they are part of the sentence. */
    private static final Set<String> JUDGEMENTS = Set.of("wrong", "invalid", "missing", "expired", "empty", "incorrect",
            "required",
            "rejected", "refused", "denied", "failed", "bad", "not", "unknown", "revoked", "too", "has", "is", "was",
            "must", "for", "of",
            "or", "and", "in", "on", "at", "to", "from", "with", "by", "that", "which", "given", "needed", "may",
            "cannot", "does",
            "authentication", "file", "error", "are", "be", "as", "if", "a", "the", "no");

    private OrdinaryWords() {}

    static boolean contains(String text) {
        return ALL.contains(SecretKeys.lower(text, 0, text.length()));
    }

    static boolean isJudgement(String text) {
        return JUDGEMENTS.contains(SecretKeys.lower(text, 0, text.length()));
    }
}
