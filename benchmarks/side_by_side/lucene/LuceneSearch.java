import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;

/**
 * LuceneSearch DIRECTORY QUERIES ROUNDS: what an answer costs in one thread of a warm machine, in several ways in turn.
 * Each answer has the exact total and the stored fields of 10 hits; `whole` also 20 values of five facets and 3
 * passages a hit from the first 10,000 characters (the highlighter's default), `whole-text` from the whole text.
 */
public final class LuceneSearch {
  private static final int HITS = 10;
  private static final int PASSAGES = 3;
  private static final int VALUES = 20;
  private static final int WARMING = 3;

  private enum Way {
    WHOLE("whole", true, UnifiedHighlighter.DEFAULT_MAX_LENGTH),
    WHOLE_TEXT("whole-text", true, Integer.MAX_VALUE - 1),
    NO_FACETS("no-facets", false, UnifiedHighlighter.DEFAULT_MAX_LENGTH),
    NO_PASSAGES("no-passages", true, 0);

    final String name;
    final boolean facets;
    final int characters;

    Way(String name, boolean facets, int characters) {
      this.name = name;
      this.facets = facets;
      this.characters = characters;
    }
  }

  private final IndexSearcher searcher;
  private final SortedSetDocValuesReaderState state;
  private final EnglishAnalyzer analyzer = new EnglishAnalyzer();
  private long total;

  private LuceneSearch(DirectoryReader reader) throws Exception {
    searcher = new IndexSearcher(reader);
    state = new DefaultSortedSetDocValuesReaderState(reader);
  }

  private int answer(String text, Way way) throws Exception {
    QueryParser parser = new QueryParser("text", analyzer);
    parser.setDefaultOperator(QueryParser.Operator.AND);
    Query query = parser.parse(QueryParser.escape(text));
    TopScoreDocCollector top = TopScoreDocCollector.create(HITS, Integer.MAX_VALUE);
    FacetsCollector matches = new FacetsCollector();
    searcher.search(query, way.facets ? MultiCollector.wrap(top, matches) : top);
    TopDocs found = top.topDocs();
    int shown = 0;
    if (way.facets) {
      SortedSetDocValuesFacetCounts counts = new SortedSetDocValuesFacetCounts(state, matches);
      for (String facet : LuceneIndex.FACETS) {
        var values = counts.getTopChildren(VALUES, facet);
        shown += values == null ? 0 : values.labelValues.length;
      }
    }
    for (ScoreDoc hit : found.scoreDocs) shown += searcher.doc(hit.doc).getFields().size();
    if (way.characters > 0) {
      UnifiedHighlighter highlighter = new UnifiedHighlighter(searcher, analyzer);
      highlighter.setMaxLength(way.characters);
      for (String passages : highlighter.highlight("text", query, found, PASSAGES)) {
        shown += passages == null ? 0 : passages.length();
      }
    }
    total += found.totalHits.value;
    return shown;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> queries = Files.readAllLines(Path.of(arguments[1]));
    int rounds = Integer.parseInt(arguments[2]);
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(Path.of(arguments[0])))) {
      LuceneSearch engine = new LuceneSearch(reader);
      List<List<Double>> times = new ArrayList<>();
      for (Way way : Way.values()) times.add(new ArrayList<>());
      int shown = 0;
      long total = 0;
      for (int round = 0; round < WARMING + rounds; round++) {
        for (Way way : Way.values()) {
          for (String query : queries) {
            long before = engine.total;
            long start = System.nanoTime();
            shown += engine.answer(query, way);
            if (round >= WARMING) times.get(way.ordinal()).add((System.nanoTime() - start) / 1e6);
            if (round == 0 && way == Way.WHOLE) total += engine.total - before;
          }
        }
      }
      StringBuilder out = new StringBuilder("{\"resources\":" + reader.numDocs() + ",\"total\":" + total);
      for (Way way : Way.values()) out.append(",\"" + way.name + "\":" + toJson(times.get(way.ordinal())));
      System.out.println(out.append(",\"shown\":" + shown + "}"));
    }
  }

  private static String toJson(List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(
        java.util.Locale.ROOT,
        "{\"count\":%d,\"mean\":%.5f,\"p50\":%.5f,\"p95\":%.5f,\"p99\":%.5f}",
        sorted.length, Arrays.stream(sorted).average().orElse(0), at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99));
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.max(Math.ceil(share * sorted.length) - 1, 0)];
  }
}
