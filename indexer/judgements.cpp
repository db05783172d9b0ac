#include "indexer/judgements.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <system_error>

#include <fmt/format.h>

#include "indexer/search_program.h"

namespace carrel::indexer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kDepth = 10;

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found(1);
  for (const char c : line) {
    if (c == '\t') {
      found.emplace_back();
    } else if (c != '\r') {
      found.back() += c;
    }
  }
  return found;
}

double gain(int grade, std::size_t place) {
  return (std::exp2(grade) - 1) / std::log2(static_cast<double>(place) + 2);
}

}  // namespace

Result<std::vector<JudgedQuery>> load_judgements(const fs::path& file) {
  std::ifstream in(file);
  if (!in) {
    return fail(ErrorKind::not_found, fmt::format("cannot read the judgements {}", file.string()),
                "check the name given with --judgements");
  }
  const auto mistake = [&](std::size_t line, const char* what) {
    return fail(ErrorKind::usage, fmt::format("{}, line {}: {}", file.string(), line, what),
                "a line is query, id and grade, separated by tabs, under a header that says so");
  };
  std::string text;
  std::getline(in, text);
  const std::vector<std::string> header = cells(text);
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin());
  };
  const std::size_t query = column("query");
  const std::size_t id = column("id");
  const std::size_t grade = column("grade");
  if (std::max({query, id, grade}) >= header.size()) return mistake(1, "a column is missing");
  std::map<std::string, std::map<std::string, int>> grades;
  for (std::size_t line = 2; std::getline(in, text); ++line) {
    if (text.empty()) continue;
    const std::vector<std::string> row = cells(text);
    if (row.size() <= std::max({query, id, grade})) return mistake(line, "a column is missing");
    int value = 0;
    const std::string& number = row[grade];
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size() || value < 0 || value > 10) {
      return mistake(line, "the grade is no number from 0 to 10");
    }
    grades[row[query]][row[id]] = value;
  }
  std::vector<JudgedQuery> queries;
  for (auto& [words, judged] : grades) queries.push_back({words, std::move(judged)});
  if (queries.empty()) return mistake(2, "there are no judged queries");
  return queries;
}

double ndcg(const JudgedQuery& query, const std::vector<std::string>& ids) {
  std::vector<int> best;
  for (const auto& [id, grade] : query.grades) best.push_back(grade);
  std::ranges::sort(best, std::greater<>());
  double ideal = 0;
  for (std::size_t place = 0; place < std::min(kDepth, best.size()); ++place)
    ideal += gain(best[place], place);
  double reached = 0;
  for (std::size_t place = 0; place < std::min(kDepth, ids.size()); ++place) {
    const auto judged = query.grades.find(ids[place]);
    if (judged != query.grades.end()) reached += gain(judged->second, place);
  }
  return ideal > 0 ? reached / ideal : 0;
}

Result<JudgedScore> score(const std::vector<JudgedQuery>& queries, const fs::path& program,
                          const fs::path& index) {
  JudgedScore total;
  for (const JudgedQuery& query : queries) {
    const auto answer = ask_search_program(program, index, query.query, kDepth);
    if (!answer) return std::unexpected(answer.error());
    const std::vector<std::string>& ids = answer->hits;
    const bool hit = std::ranges::any_of(ids, [&](const std::string& id) {
      const auto judged = query.grades.find(id);
      return judged != query.grades.end() && judged->second > 0;
    });
    total.hits += hit ? 1 : 0;
    total.ndcg += ndcg(query, ids);
    if (!hit) total.missed.push_back(query.query);
  }
  const auto count = static_cast<double>(queries.size());
  total.hits /= count;
  total.ndcg /= count;
  return total;
}

std::string why_worse(const JudgedScore& before, const JudgedScore& now) {
  std::string lost;
  for (const std::string& query : now.missed) {
    if (std::ranges::find(before.missed, query) != before.missed.end()) continue;
    lost = fmt::format("; it misses what answers '{}'", query);
    break;
  }
  if (now.hits < before.hits - kToleratedLoss) {
    return fmt::format(
        "of the judged queries {:.1f} percent find a right resource among the first ten, before {:.1f}{}",
        now.hits * 100, before.hits * 100, lost);
  }
  if (now.ndcg < before.ndcg - kToleratedLoss) {
    return fmt::format("the judged queries reach nDCG@10 {:.3f}, before {:.3f}{}", now.ndcg, before.ndcg,
                       lost);
  }
  return {};
}

}  // namespace carrel::indexer
