import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/** LuceneIndex FILE DIRECTORY THREADS: indexes ready text, stored, with positions and the facets of FACETS. */
public final class LuceneIndex {
  static final String[] FACETS = {"type", "topic", "audience", "jurisdiction", "publisher"};
  private static final double BUFFER_MB = 64;

  static FacetsConfig facetsConfig() {
    FacetsConfig config = new FacetsConfig();
    config.setMultiValued("topic", true);
    return config;
  }

  public static void main(String[] arguments) throws Exception {
    int threads = Integer.parseInt(arguments[2]);
    IndexWriterConfig settings = new IndexWriterConfig(new EnglishAnalyzer()).setRAMBufferSizeMB(BUFFER_MB);
    try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8);
        IndexWriter writer = new IndexWriter(FSDirectory.open(Path.of(arguments[1])), settings)) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<Void> work = () -> addAll(lines, writer);
        running.add(pool.submit(work));
      }
      for (Future<Void> one : running) one.get();
      pool.shutdown();
      writer.commit();
      System.out.println("{\"resources\":" + writer.getDocStats().numDocs + "}");
    }
  }

  private static Void addAll(BufferedReader lines, IndexWriter writer) throws IOException {
    ReadyText reader = new ReadyText();
    FacetsConfig config = facetsConfig();
    for (String line = next(lines); line != null; line = next(lines)) {
      writer.addDocument(config.build(document(reader.parse(line))));
    }
    return null;
  }

  private static String next(BufferedReader lines) throws IOException {
    synchronized (lines) {
      return lines.readLine();
    }
  }

  private static Document document(Map<String, List<String>> members) {
    String title = members.getOrDefault("title", List.of("")).get(0);
    Document document = new Document();
    document.add(new StringField("id", members.get("id").get(0), Field.Store.YES));
    document.add(new StoredField("url", members.getOrDefault("url", List.of("")).get(0)));
    document.add(new StoredField("title", title));
    document.add(new TextField("text", title + "\n" + members.get("text").get(0), Field.Store.YES));
    for (String facet : FACETS) {
      for (String value : members.getOrDefault(facet, List.of())) {
        document.add(new StoredField(facet, value));
        document.add(new SortedSetDocValuesFacetField(facet, value));
      }
    }
    return document;
  }
}
