// Leaves the files of the chosen kind and no others.
def kinds = [importer: 'Importer', exporter: 'Exporter', storage: 'Store']
def kind = request.properties['kind']
def sources = new File(new File(request.outputDirectory, request.artifactId), 'src')
if (kind != 'all') {
    kinds.findAll { it.key != kind }.each { _, name ->
        sources.eachFileRecurse { file ->
            if (file.name == "Demo${name}.java" || file.name == "Demo${name}Test.java") {
                file.delete()
            }
        }
    }
}
