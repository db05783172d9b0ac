import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A line of ready text: members that are strings, or arrays of strings. One object, one thread. */
final class ReadyText {
  private final JsonFactory factory = new JsonFactory();

  Map<String, List<String>> parse(String line) throws IOException {
    Map<String, List<String>> members = new HashMap<>();
    try (JsonParser parser = factory.createParser(line)) {
      String name = null;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          name = parser.getText();
        } else if (token == JsonToken.VALUE_STRING) {
          members.computeIfAbsent(name, unused -> new ArrayList<>()).add(parser.getText());
        }
      }
    }
    return members;
  }
}
