// What it needs: org.apache.lucene:lucene-core:10.4.0
// What it says: 1 letter of 2
package org.example;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

final class Call {

    private Call() {}

    static String say() throws Exception {
        try (Directory directory = new MMapDirectory(java.nio.file.Files.createTempDirectory("lucene"))) {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
                for (String text : new String[]{ "Dear Sir", "Dear Madam" }) {
                    Document document = new Document();
                    document.add(new TextField("content", text, Field.Store.YES));
                    writer.addDocument(document);
                }
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                int found = new IndexSearcher(reader).count(new TermQuery(new Term("content", "sir")));
                return found + " letter of " + reader.numDocs();
            }
        }
    }
}
