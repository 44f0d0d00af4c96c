// Leaves the files of the chosen language and kind and no others, and gives those that the examples have too the names of the
// project.
def properties = request.properties
def name = properties['className']
def kotlin = properties['language'] == 'kotlin'
def project = new File(request.outputDirectory, request.artifactId)
// Maven does not put a file of the final name into a jar.
new File(project, 'gitignore').renameTo(new File(project, '.gitignore'))
new File(project, kotlin ? 'src/test/java' : 'src/test/kotlin').deleteDir()
if (!kotlin) {
    new File(project, 'src/main/kotlin').deleteDir()
}

def files = []
new File(project, 'src').eachFileRecurse { if (it.file) { files.add(it) } }
if (kotlin) {
    // One file stays, so that the Java compiler runs.
    files.findAll { it.name.endsWith('.java') && it.name != 'package-info.java' }.each { it.delete() }
} else {
    files.findAll { it.name == 'package-info.java' }.each { it.delete() }
}
def kinds = [importer: 'Importer', exporter: 'Exporter', storage: 'Store']
def settings = [importer: 'Source', exporter: 'Destination', storage: 'Repository']
def others = kinds.keySet().findAll { properties['kind'] != 'all' && it != properties['kind'] }
if (others) {
    def unwanted = ['RoundTripTest'] + others.collect { [kinds[it], kinds[it] + 'Test', settings[it]] }.flatten()
    files.findAll { file -> unwanted.any { file.name ==~ /(Demo|${name})${it}\.(java|kt)/ } }.each { it.delete() }
}

files.findAll { it.exists() && it.name =~ /^Demo.*\.kt$|^Demo(Store|Repository)\.java$/ }.each { file ->
    def text = file.text
    others.each { other -> text = text.replaceAll(/(?m)^ *\.${other}\(.*\n/, '') }
    file.text = text.replaceAll(/(?m)^package org\.example\b/, "package ${properties['package']}")
        .replace('builder("demo")', "builder(\"${request.artifactId}\")")
        .replaceAll(/"demo(:\/\/|")/, '"' + properties['protocol'] + '$1')
        .replaceAll(/\bDemo(?=[A-Z])/, name)
    if (name != 'Demo') {
        file.renameTo(new File(file.parentFile, file.name.replaceFirst('Demo', name)))
    }
}
