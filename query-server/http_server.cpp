// The only file that knows the HTTP library. A connection is one coroutine; its deadlines are kept by one
// timer that cancels whatever the connection is waiting for, so that a client that sends one byte a second
// ends as soon as one that sends nothing.
#include "query-server/http_server.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <unordered_set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <unistd.h>

namespace carrel::query_server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kPiece = 64 * 1024;

/// Room for a head, a body and the sizes of its chunks.
std::size_t buffer_limit(const RequestLimits& limits) {
  return limits.target + limits.headers + 2 * limits.body + kPiece;
}

/// IMF-fixdate of RFC 9110, section 5.6.7.
std::string http_date() {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[utc.tm_wday], utc.tm_mday,
                kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text;
}

std::string head_of(const HttpResponse& response, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason_phrase(response.status)).append("\r\nDate: ").append(http_date()).append("\r\n");
  for (const Header& field : response.headers) {
    head.append(field.name).append(": ");
    std::ranges::copy_if(field.value, std::back_inserter(head),
                         [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
    head.append("\r\n");
  }
  if (response.status != 204 && response.status != 304) {
    const std::uint64_t length = response.file ? response.file->length : response.body.size();
    head.append("Content-Length: ").append(std::to_string(length)).append("\r\n");
  }
  head.append(keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  return head;
}

}  // namespace

class Connection;

struct HttpServer::State {
  State(ServerOptions given, RequestHandler& behind) : options(std::move(given)), handler(behind) {}

  void begin_to_stop();

  const ServerOptions options;
  RequestHandler& handler;
  std::unordered_set<Connection*> connections;  // before io: what io still holds at its end leaves the set
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  asio::signal_set signals{io};
  asio::steady_timer pause{io};
  bool stopping = false;
};

/// One client. Lives as long as its coroutine runs.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, HttpServer::State& server)
      : server_(server), socket_(std::move(socket)), timer_(server.io), buffer_(buffer_limit(limits())) {
    server_.connections.insert(this);
  }
  ~Connection() { server_.connections.erase(this); }

  asio::awaitable<void> serve();
  asio::awaitable<void> turn_away();
  void stop_when_idle() {
    if (idle_) socket_.cancel(ignored_);
  }
  void abort() { socket_.close(ignored_); }

 private:
  const RequestLimits& limits() const { return server_.options.limits; }
  std::string_view received() const {
    return {static_cast<const char*>(buffer_.cdata().data()), buffer_.size()};
  }

  void set_deadline(std::chrono::milliseconds after);
  asio::awaitable<bool> read_head();
  asio::awaitable<bool> read_request();
  asio::awaitable<HttpResponse> ask_handler();
  asio::awaitable<bool> send(HttpResponse response, bool keep_alive, bool without_body);
  asio::awaitable<bool> send_file(const FileSlice& slice);
  asio::awaitable<void> close_slowly();
  bool client_keeps_alive() const;

  HttpServer::State& server_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  boost::beast::flat_buffer buffer_;
  std::size_t head_size_ = 0;
  HttpRequest request_;
  std::string path_;  ///< for refusals; empty until the request line is understood
  std::optional<Problem> problem_;
  bool idle_ = false;
  error_code ignored_;
};

void Connection::set_deadline(std::chrono::milliseconds after) {
  timer_.expires_after(after);
  timer_.async_wait([self = weak_from_this()](error_code error) {
    if (error) return;
    const auto connection = self.lock();
    // A deadline that was moved while this call was under way is not over.
    if (connection && connection->timer_.expiry() <= asio::steady_timer::clock_type::now()) {
      connection->socket_.cancel(connection->ignored_);
    }
  });
}

/// Reads until the empty line. False: the connection is over, or problem_ says what is wrong.
asio::awaitable<bool> Connection::read_head() {
  bool begun = buffer_.size() > 0;
  set_deadline(begun ? server_.options.request_deadline : server_.options.idle);
  for (;;) {
    while (received().starts_with("\r\n")) buffer_.consume(2);  // RFC 9112, section 2.2
    const auto end = received().find("\r\n\r\n");
    if (end != std::string_view::npos) {
      head_size_ = end + 4;
      problem_ = check_head(received().substr(0, head_size_), limits());
      co_return !problem_;
    }
    if (received() != "\r" && (problem_ = check_partial_head(received(), limits()))) co_return false;
    if (server_.stopping && !begun) co_return false;
    idle_ = !begun;
    error_code error;
    const std::size_t bytes = co_await socket_.async_read_some(
        buffer_.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
    idle_ = false;
    if (error == asio::error::operation_aborted && begun && socket_.is_open()) {
      problem_ = Problem{408, "The request did not arrive in time", "Send it again", {}};
    }
    if (error) co_return false;
    buffer_.commit(bytes);
    if (!begun) set_deadline(server_.options.request_deadline);
    begun = true;
  }
}

/// Reads one whole request into request_. False as above.
asio::awaitable<bool> Connection::read_request() {
  problem_.reset();
  path_.clear();
  request_ = HttpRequest{};
  if (!co_await read_head()) {
    path_ = std::string(path_of_head(received()));
    co_return false;
  }

  request_ = parse_head(received().substr(0, head_size_));
  path_ = std::string(request_.path());
  if ((problem_ = check_fields(request_, limits()))) co_return false;

  http::request_parser<http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(limits().target + limits().headers + 1024));
  parser.body_limit(limits().body);
  error_code error;
  co_await http::async_read_header(socket_, buffer_, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    problem_ = Problem{400, "The request is not HTTP/1.1", "Send requests as RFC 9112 describes them", {}};
    co_return false;
  }
  if (!parser.is_done() && request_.header("Expect")) {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(socket_, asio::buffer(kContinue),
                               asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error && !parser.is_done()) {
    co_await http::async_read(socket_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
  }
  if (error == http::error::body_limit || error == http::error::buffer_overflow) {
    problem_ = Problem{413,
                       "The body is larger than " + std::to_string(limits().body) + " bytes",
                       "Send a shorter search",
                       {}};
  } else if (error == asio::error::operation_aborted && socket_.is_open()) {
    problem_ = Problem{408, "The request did not arrive in time", "Send it again", {}};
  } else if (error.category() == http::make_error_code(http::error::bad_chunk).category() &&
             error != http::error::partial_message && error != http::error::end_of_stream) {
    problem_ = Problem{400, "The body is not what the header fields say", "Send it again", {}};
  }
  if (error) co_return false;
  request_.body = std::move(parser.get().body());
  co_return true;
}

bool Connection::client_keeps_alive() const {
  bool close = false;
  bool keep = false;
  for (const Header& field : request_.headers) {
    if (!same_name(field.name, "Connection")) continue;
    http::token_list options(field.value);
    close = close || options.exists("close");
    keep = keep || options.exists("keep-alive");
  }
  return !close && (request_.minor_version > 0 || keep);
}

/// Waits for the handler's answer, which may come from another thread.
asio::awaitable<HttpResponse> Connection::ask_handler() {
  auto start = [this](auto completion) {
    // The guard keeps the loop alive while the answer is being made elsewhere.
    auto guard = asio::make_work_guard(server_.io);
    server_.handler.handle(std::move(request_), [completion = std::move(completion), guard = std::move(guard),
                                                 &io = server_.io](HttpResponse response) mutable {
      asio::post(io, [completion = std::move(completion), guard = std::move(guard),
                      response = std::move(response)]() mutable { completion(std::move(response)); });
    });
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(HttpResponse)>(std::move(start),
                                                                                 asio::use_awaitable);
}

asio::awaitable<bool> Connection::send_file(const FileSlice& slice) {
  std::vector<char> piece(std::min<std::uint64_t>(slice.length, kPiece));
  std::uint64_t sent = 0;
  while (sent < slice.length) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(slice.length - sent, piece.size()));
    const auto got =
        ::pread(slice.file->descriptor(), piece.data(), wanted, static_cast<off_t>(slice.offset + sent));
    if (got <= 0)
      co_return false;  // cut short behind our back: the length is promised, so the connection ends
    set_deadline(server_.options.send_deadline);
    error_code error;
    co_await asio::async_write(socket_, asio::buffer(piece.data(), static_cast<std::size_t>(got)),
                               asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
    sent += static_cast<std::uint64_t>(got);
  }
  co_return true;
}

asio::awaitable<bool> Connection::send(HttpResponse response, bool keep_alive, bool without_body) {
  const std::string head = head_of(response, keep_alive);
  const bool only_head = without_body || response.file || response.status == 304 || response.status == 204;
  const std::array<asio::const_buffer, 2> parts = {
      asio::buffer(head), only_head ? asio::const_buffer() : asio::buffer(response.body)};
  set_deadline(server_.options.send_deadline);
  error_code error;
  co_await asio::async_write(socket_, parts, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return false;
  if (response.file && !without_body) co_return co_await send_file(*response.file);
  co_return true;
}

/// Ends the connection so that a client that is still sending can read the answer before it learns so
/// (RFC 9112, section 9.6).
asio::awaitable<void> Connection::close_slowly() {
  socket_.shutdown(tcp::socket::shutdown_send, ignored_);
  set_deadline(std::min(server_.options.request_deadline, std::chrono::milliseconds(2000)));
  std::vector<char> dropped(16 * 1024);
  for (std::size_t total = 0; total < 4 * 1024 * 1024;) {
    error_code error;
    total += co_await socket_.async_read_some(asio::buffer(dropped),
                                              asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
  }
}

asio::awaitable<void> Connection::turn_away() {
  const auto self = shared_from_this();
  const Problem problem{503,
                        "Too many people are searching at the moment",
                        "Try again in a few seconds",
                        {{"Retry-After", "2"}}};
  set_deadline(std::chrono::milliseconds(2000));
  if (co_await send(server_.handler.refuse(problem, {}), false, false)) co_await close_slowly();
  timer_.cancel();
}

asio::awaitable<void> Connection::serve() {
  const auto self = shared_from_this();
  for (bool keep_alive = true; keep_alive;) {
    if (!co_await read_request()) {
      if (problem_ &&
          co_await send(server_.handler.refuse(*problem_, path_), false, request_.method == "HEAD")) {
        co_await close_slowly();
      }
      break;
    }
    const bool without_body = request_.method == "HEAD";
    const bool wanted = client_keeps_alive();
    timer_.cancel();
    HttpResponse response = co_await ask_handler();
    keep_alive = wanted && !server_.stopping;
    if (!co_await send(std::move(response), keep_alive, without_body)) break;
    if (!keep_alive) co_await close_slowly();
  }
  timer_.cancel();
  socket_.close(ignored_);
}

void HttpServer::State::begin_to_stop() {
  if (stopping) return;
  stopping = true;
  error_code ignored;
  acceptor.close(ignored);
  pause.cancel();
  signals.cancel();
  for (Connection* connection : connections) connection->stop_when_idle();
}

namespace {

asio::awaitable<void> accept_all(HttpServer::State& server) {
  while (!server.stopping) {
    error_code error;
    tcp::socket socket =
        co_await server.acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (server.stopping) break;
    if (error) {
      // Out of descriptors or memory: those who are connected go on, newcomers wait in the backlog.
      server.pause.expires_after(std::chrono::milliseconds(100));
      co_await server.pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    socket.set_option(tcp::no_delay(true), error);
    const bool full = server.connections.size() >= server.options.connections;
    constexpr std::size_t kTurnedAwayAtOnce = 64;  // beyond these there is no room even for a refusal
    if (server.connections.size() >= server.options.connections + kTurnedAwayAtOnce) continue;
    const auto connection = std::make_shared<Connection>(std::move(socket), server);
    asio::co_spawn(server.io, full ? connection->turn_away() : connection->serve(), asio::detached);
  }
}

}  // namespace

HttpServer::HttpServer(ServerOptions options, RequestHandler& handler)
    : state_(std::make_unique<State>(std::move(options), handler)) {}

HttpServer::~HttpServer() = default;

Result<std::uint16_t> HttpServer::listen() {
  const ServerOptions& options = state_->options;
  const std::string where = options.host + ":" + std::to_string(options.port);
  error_code error;
  tcp::resolver resolver(state_->io);
  const auto found = resolver.resolve(options.host, std::to_string(options.port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, error);
  if (error || found.empty()) {
    return fail(ErrorKind::usage, "There is no host “" + options.host + "” to listen on",
                "Give an address of this machine, as --listen 127.0.0.1:8080");
  }
  const tcp::endpoint endpoint = found.begin()->endpoint();
  state_->acceptor.open(endpoint.protocol(), error);
  if (!error) state_->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) state_->acceptor.bind(endpoint, error);
  if (!error) state_->acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error == asio::error::address_in_use) {
    return fail(ErrorKind::usage, "Cannot listen on " + where + " because another program already does",
                "Stop that program or choose another port with --listen, as --listen 127.0.0.1:0 for any");
  }
  if (error) {
    return fail(ErrorKind::usage, "Cannot listen on " + where + ": " + error.message(),
                "Give an address of this machine and a port that is free, as --listen 127.0.0.1:8080");
  }
  return state_->acceptor.local_endpoint().port();
}

void HttpServer::run() {
  State& state = *state_;
  const auto stop_all = [&state] {
    for (Connection* connection : state.connections) connection->abort();
    state.io.stop();
  };
  if (state.options.stop_on_signals) {
    state.signals.add(SIGTERM);
    state.signals.add(SIGINT);
    state.signals.async_wait([this](error_code error, int) {
      if (!error) stop();
    });
  }
  asio::co_spawn(state.io, accept_all(state), asio::detached);
  while (!state.stopping && state.io.run_one() > 0) {
  }
  if (state.options.stop_on_signals) {
    state.signals.async_wait([&](error_code error, int) {
      if (!error) stop_all();
    });
  }
  const auto last = std::chrono::steady_clock::now() + state.options.grace;
  while (!state.connections.empty() && std::chrono::steady_clock::now() < last && !state.io.stopped()) {
    state.io.run_one_until(last);
  }
  stop_all();
}

void HttpServer::stop() {
  asio::post(state_->io, [this] { state_->begin_to_stop(); });
}

}  // namespace carrel::query_server
