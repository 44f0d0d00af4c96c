package dev.kloset.processor;

import dev.kloset.ConfigModel;
import dev.kloset.Configuration;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;

/**
 * Writes a {@link ConfigModel} beside every record marked with {@link Configuration}, and refuses declarations that cannot work
 * or would show a secret.
 */
@SupportedAnnotationTypes("dev.kloset.Configuration")
public final class ConfigurationProcessor extends AbstractProcessor {

    /** Called by the compiler. */
    public ConfigurationProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        round.getElementsAnnotatedWith(Configuration.class).forEach(this::write);
        return false;
    }

    private void write(Element element) {
        if (element.getKind() != ElementKind.RECORD || !(element instanceof TypeElement type)) {
            refuse(element, "@Configuration is for records");
            return;
        }
        if (hidden(type)) {
            refuse(element, "the record must not be private, nor inside something private: generated code makes it");
            return;
        }
        List<Argument> arguments = new ComponentReader(processingEnv, type, this::refuse).read();
        if (arguments.size() < type.getRecordComponents().size() || hasProblems(type, arguments)) {
            return;
        }
        ModelSource source = new ModelSource(processingEnv.getElementUtils(), type, arguments);
        try (Writer out = processingEnv.getFiler().createSourceFile(source.qualifiedName(), type).openWriter()) {
            out.write(source.text());
        } catch (IOException e) {
            refuse(type, "cannot write " + source.qualifiedName() + ": " + e.getMessage());
        }
    }

    private static boolean hidden(TypeElement type) {
        for (Element outer = type; outer != null; outer = outer.getEnclosingElement()) {
            if (outer.getModifiers().contains(Modifier.PRIVATE)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasProblems(TypeElement type, List<Argument> arguments) {
        List<String> problems = new Draft(arguments).problems();
        problems.forEach(problem -> refuse(type, problem));
        return !problems.isEmpty();
    }

    private void refuse(Element element, String why) {
        processingEnv.getMessager().printMessage(Kind.ERROR, why, element);
    }

    /** The model that will be generated, before its code exists. */
    private static final class Draft extends ConfigModel<Draft.NoRecord> {

        record NoRecord() {}

        Draft(List<Argument> arguments) {
            super("", arguments.stream().flatMap(Argument::settings).map(Component::setting).toList());
        }

        @Override
        protected NoRecord make(List<Object> values) {
            return new NoRecord();
        }
    }
}
