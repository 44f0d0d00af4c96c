package dev.kloset.hadoop;

import dev.kloset.Connector;
import dev.kloset.DiagnosisStep;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a doctor finds out. */
public final class Doctor {

    private Doctor() {}

    /** {@return the names of the steps that work, and the sentence of the first that does not} */
    public static List<String> steps(Connector connector) throws InterruptedException {
        List<String> results = new ArrayList<>();
        for (DiagnosisStep step : connector.diagnosis()) {
            try {
                step.check().run();
                results.add(step.name());
            } catch (IOException e) {
                results.add(step.name() + ": " + Sentence.of(e));
                break;
            }
        }
        return results;
    }
}
