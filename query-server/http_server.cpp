// The only file that knows the HTTP library. A connection is one coroutine; its deadlines are kept by one
// timer that cancels whatever the connection is waiting for, so that a client that sends one byte a second
// ends as soon as one that sends nothing.
#include "query-server/http_server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <unordered_map>
#include <unordered_set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
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

#include "query-server/listening_socket.h"
#include "query-server/response_head.h"

namespace carrel::query_server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Stream = asio::generic::stream_protocol;
using Socket = Stream::socket;
using Acceptor = asio::basic_socket_acceptor<Stream>;
using boost::system::error_code;

using Clock = std::chrono::steady_clock;

constexpr std::size_t kPiece = 64 * 1024;

/// The library sees of the head only how the body is framed: there is one reading of it, that of the head rules.
std::string framing_of(const HttpRequest& request) {
  const auto length = request.header("Content-Length");
  return "POST / HTTP/1.1\r\n" +
         (length ? "Content-Length: " + std::string(*length) : std::string("Transfer-Encoding: chunked")) +
         "\r\n\r\n";
}

/// True for lines between the chunks of a body that end otherwise than with CR LF.
bool has_bare_line_feed(std::string_view lines) {
  for (auto at = lines.find('\n'); at != std::string_view::npos; at = lines.find('\n', at + 1)) {
    if (at == 0 || lines[at - 1] != '\r') return true;
  }
  return false;
}

Problem body_too_large(const RequestLimits& limits) {
  return {413, "The body is larger than " + std::to_string(limits.body) + " bytes", "Send a shorter search", {}};
}

/// Room for a head, a body and the sizes of its chunks.
std::size_t buffer_limit(const RequestLimits& limits) {
  return limits.target + limits.headers + 2 * limits.body + kPiece;
}

}  // namespace

class Connection;

struct HttpServer::State {
  State(ServerOptions given, RequestHandler& behind)
      : options(std::move(given)), limits(options.limits), handler(behind) {}

  void begin_to_stop();
  void beat();
  void wait_for_hangup();

  const ServerOptions options;
  ConnectionLimits limits;
  RequestHandler& handler;
  std::vector<ListeningSocket> listening;       // removes the files of Unix sockets at the end
  std::unordered_set<Connection*> connections;  // before io: what io still holds at its end leaves the set
  std::unordered_map<std::string, std::size_t> per_address;
  std::atomic<std::size_t> open_connections{0};
  asio::io_context io{1};
  std::vector<Acceptor> acceptors;
  asio::signal_set signals{io};
  asio::signal_set hangup{io};
  asio::steady_timer pause{io};
  asio::steady_timer heart{io};
  bool stopping = false;
};

/// One client. Lives as long as its coroutine runs.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, HttpServer::State& server)
      : server_(server),
        socket_(std::move(socket)),
        timer_(server.io),
        buffer_(buffer_limit(limits())),
        peer_(peer_key(socket_.native_handle(), server.limits.loopback_too)) {
    server_.connections.insert(this);
    server_.open_connections = server_.connections.size();
    if (!peer_.empty()) ++server_.per_address[peer_];
  }
  ~Connection() {
    server_.connections.erase(this);
    server_.open_connections = server_.connections.size();
    if (const auto peer = server_.per_address.find(peer_); peer != server_.per_address.end()) {
      if (--peer->second == 0) server_.per_address.erase(peer);
    }
  }

  /// True when its address has more connections than one may have.
  bool is_one_too_many() const {
    const std::size_t most = server_.limits.connections_per_address;
    const auto peer = server_.per_address.find(peer_);
    return most > 0 && peer != server_.per_address.end() && peer->second > most;
  }

  asio::awaitable<void> serve();
  asio::awaitable<void> turn_away(Problem problem);
  void stop_when_idle() {
    if (idle_) socket_.cancel(ignored_);
  }
  void abort() { socket_.close(ignored_); }

 private:
  const RequestLimits& limits() const { return server_.limits.request; }
  std::string_view received() const {
    return {static_cast<const char*>(buffer_.cdata().data()), buffer_.size()};
  }

  void set_deadline(std::chrono::milliseconds after);
  asio::awaitable<bool> read_head();
  asio::awaitable<bool> read_request();
  asio::awaitable<bool> read_body();
  asio::awaitable<HttpResponse> ask_handler();
  asio::awaitable<bool> send(HttpResponse response, bool keep_alive, bool without_body);
  asio::awaitable<bool> send_file(const FileSlice& slice);
  asio::awaitable<void> close_slowly();
  void served(std::string_view route, int status, Clock::time_point begun) const;
  bool asks_for_head_alone() const;
  bool client_keeps_alive() const;

  HttpServer::State& server_;
  Socket socket_;
  asio::steady_timer timer_;
  boost::beast::flat_buffer buffer_;
  std::string peer_;  ///< see peer_key()
  std::uint64_t sent_ = 0;  ///< bytes of the answer that is being sent
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
  set_deadline(begun ? server_.limits.request_deadline : server_.limits.idle);
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
    if (!begun) set_deadline(server_.limits.request_deadline);
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

  buffer_.consume(head_size_);
  const bool whole = co_await read_body();  // named: g++ 12 makes wrong code of co_return co_await
  co_return whole;
}

asio::awaitable<bool> Connection::read_body() {
  if (!request_.header("Content-Length") && !request_.header("Transfer-Encoding")) co_return true;
  http::request_parser<http::string_body> parser;
  parser.body_limit(limits().body);
  parser.eager(true);
  error_code error;
  parser.put(asio::buffer(framing_of(request_)), error);
  const bool expected = request_.header("Expect") && request_.minor_version > 0;  // HTTP/1.0 knows no 100
  if (!parser.is_done() && expected && buffer_.size() == 0) {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(socket_, asio::buffer(kContinue), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
  }
  // Sizes and extensions of chunks come beside the body, and are no way to send without end.
  const std::size_t most = 2 * limits().body + limits().headers;
  std::size_t taken = 0;
  while (!parser.is_done()) {
    error = {};
    const std::size_t used = buffer_.size() > 0 ? parser.put(buffer_.data(), error) : 0;
    buffer_.consume(used);
    taken += used;
    if (parser.is_done()) break;
    if ((error && error != http::error::need_more) || has_bare_line_feed(received())) {
      problem_ = error == http::error::body_limit
                     ? body_too_large(limits())
                     : Problem{400, "The body is not what the header fields say", "Send it again", {}};
      co_return false;
    }
    if (taken + buffer_.size() > most) {
      problem_ = body_too_large(limits());
      co_return false;
    }
    if (!error && used > 0 && buffer_.size() > 0) continue;
    const std::size_t bytes = co_await socket_.async_read_some(
        buffer_.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted && socket_.is_open()) {
      problem_ = Problem{408, "The request did not arrive in time", "Send it again", {}};
    }
    if (error) co_return false;
    buffer_.commit(bytes);
  }
  request_.body = std::move(parser.get().body());
  co_return true;
}

/// A refusal may come before the head is understood.
bool Connection::asks_for_head_alone() const {
  return request_.method == "HEAD" || (request_.method.empty() && received().starts_with("HEAD "));
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
    set_deadline(server_.limits.send_deadline);
    error_code error;
    co_await asio::async_write(socket_, asio::buffer(piece.data(), static_cast<std::size_t>(got)),
                               asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
    sent += static_cast<std::uint64_t>(got);
    sent_ += static_cast<std::uint64_t>(got);
  }
  co_return true;
}

asio::awaitable<bool> Connection::send(HttpResponse response, bool keep_alive, bool without_body) {
  const std::string head = response_head(response, keep_alive);
  const bool only_head = without_body || response.file || response.status == 304 || response.status == 204;
  const std::array<asio::const_buffer, 2> parts = {
      asio::buffer(head), only_head ? asio::const_buffer() : asio::buffer(response.body)};
  set_deadline(server_.limits.send_deadline);
  error_code error;
  sent_ = co_await asio::async_write(socket_, parts, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return false;
  if (response.file && !without_body) co_return co_await send_file(*response.file);
  co_return true;
}

/// Ends the connection so that a client that is still sending can read the answer before it learns so
/// (RFC 9112, section 9.6).
asio::awaitable<void> Connection::close_slowly() {
  socket_.shutdown(Socket::shutdown_send, ignored_);
  set_deadline(std::min(server_.limits.request_deadline, std::chrono::milliseconds(2000)));
  std::vector<char> dropped(16 * 1024);
  for (std::size_t total = 0; total < 4 * 1024 * 1024;) {
    error_code error;
    total += co_await socket_.async_read_some(asio::buffer(dropped),
                                              asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
  }
}

void Connection::served(std::string_view route, int status, Clock::time_point begun) const {
  if (!server_.options.on_served) return;
  const std::chrono::duration<double> taken = Clock::now() - begun;
  server_.options.on_served(
      {.route = route, .status = status, .bytes = sent_, .seconds = taken.count()});
}

asio::awaitable<void> Connection::turn_away(Problem problem) {
  const auto self = shared_from_this();
  const auto begun = Clock::now();
  set_deadline(std::chrono::milliseconds(2000));
  if (co_await send(server_.handler.refuse(problem, {}), false, false)) {
    served({}, problem.status, begun);
    co_await close_slowly();
  }
  timer_.cancel();
}

asio::awaitable<void> Connection::serve() {
  const auto self = shared_from_this();
  for (bool keep_alive = true; keep_alive;) {
    const bool readable = co_await read_request();
    const auto begun = Clock::now();
    if (!readable) {
      if (problem_ &&
          co_await send(server_.handler.refuse(*problem_, path_), false, asks_for_head_alone())) {
        served({}, problem_->status, begun);
        co_await close_slowly();
      }
      break;
    }
    const bool without_body = request_.method == "HEAD";
    const bool wanted = client_keeps_alive();
    timer_.cancel();
    HttpResponse response = co_await ask_handler();
    keep_alive = wanted && !server_.stopping;
    const std::string_view route = response.route;
    const int status = response.status;
    const bool sent = co_await send(std::move(response), keep_alive, without_body);
    served(route, status, begun);
    if (!sent) break;
    if (!keep_alive) co_await close_slowly();
  }
  timer_.cancel();
  socket_.close(ignored_);
}

void HttpServer::State::begin_to_stop() {
  if (stopping) return;
  stopping = true;
  error_code ignored;
  for (Acceptor& acceptor : acceptors) acceptor.close(ignored);
  pause.cancel();
  heart.cancel();
  signals.cancel();
  hangup.cancel();
  for (Connection* connection : connections) connection->stop_when_idle();
}

void HttpServer::State::beat() {
  if (stopping || options.heartbeat.interval.count() <= 0) return;
  options.heartbeat.beat();
  heart.expires_after(options.heartbeat.interval);
  heart.async_wait([this](error_code error) {
    if (!error) beat();
  });
}

void HttpServer::State::wait_for_hangup() {
  hangup.async_wait([this](error_code error, int) {
    if (error) return;
    options.on_hangup();
    wait_for_hangup();
  });
}

namespace {

Problem too_many_people() {
  return {503,
          "Too many people are searching at the moment",
          "Try again in a few seconds",
          {{"Retry-After", "2"}}};
}

Problem too_many_connections() {
  return {429,
          "Too many connections come from one address",
          "Close some of them and try again in a few seconds",
          {{"Retry-After", "5"}}};
}

asio::awaitable<void> accept_all(HttpServer::State& server, Acceptor& acceptor) {
  while (!server.stopping) {
    error_code error;
    Socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (server.stopping) break;
    if (error) {
      // Out of descriptors or memory: those who are connected go on, newcomers wait in the backlog.
      server.pause.expires_after(std::chrono::milliseconds(100));
      co_await server.pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    socket.set_option(asio::ip::tcp::no_delay(true), error);  // a Unix socket has no such thing
    constexpr std::size_t kTurnedAwayAtOnce = 64;  // beyond these there is no room even for a refusal
    const bool full = server.connections.size() >= server.limits.connections;
    if (server.connections.size() >= server.limits.connections + kTurnedAwayAtOnce) continue;
    const auto connection = std::make_shared<Connection>(std::move(socket), server);
    if (full) {
      asio::co_spawn(server.io, connection->turn_away(too_many_people()), asio::detached);
    } else if (connection->is_one_too_many()) {
      asio::co_spawn(server.io, connection->turn_away(too_many_connections()), asio::detached);
    } else {
      asio::co_spawn(server.io, connection->serve(), asio::detached);
    }
  }
}

}  // namespace

HttpServer::HttpServer(ServerOptions options, RequestHandler& handler)
    : state_(std::make_unique<State>(std::move(options), handler)) {}

HttpServer::~HttpServer() = default;

Result<std::vector<ListenAddress>> HttpServer::listen() {
  std::vector<ListenAddress> taken;
  for (const ListenAddress& wanted : state_->options.listen) {
    auto opened = ListeningSocket::open(wanted);
    if (!opened) return std::unexpected(opened.error());
    taken.push_back(opened->address());
    const int family = opened->family();
    state_->acceptors.emplace_back(state_->io, Stream(family, 0), opened->release());
    state_->listening.push_back(*std::move(opened));
  }
  return taken;
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
  if (state.options.on_hangup) {
    state.hangup.add(SIGHUP);
    state.wait_for_hangup();
  }
  state.beat();
  for (Acceptor& acceptor : state.acceptors) {
    asio::co_spawn(state.io, accept_all(state, acceptor), asio::detached);
  }
  while (!state.stopping && state.io.run_one() > 0) {
  }
  if (state.options.stop_on_signals) {
    state.signals.async_wait([&](error_code error, int) {
      if (!error) stop_all();
    });
  }
  const auto last = Clock::now() + state.options.grace;
  while (!state.connections.empty() && Clock::now() < last && !state.io.stopped()) {
    state.io.run_one_until(last);
  }
  stop_all();
}

void HttpServer::stop() {
  asio::post(state_->io, [this] { state_->begin_to_stop(); });
}

void HttpServer::set_limits(ConnectionLimits limits) {
  asio::post(state_->io, [this, limits] { state_->limits = limits; });
}

std::size_t HttpServer::connections() const {
  return state_->open_connections;
}

}  // namespace carrel::query_server
