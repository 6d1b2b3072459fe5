#include "modules/notify/mailer.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <boost/url/parse.hpp>
#include <stdexcept>

namespace liveshop::notify {
namespace {

constexpr std::int64_t pause_when_unreachable_us = 10'000'000;

struct Curl {
    Curl() : handle(curl_easy_init()) {
        if (!handle) throw std::bad_alloc();
    }
    ~Curl() { curl_easy_cleanup(handle); }
    Curl(const Curl&) = delete;
    Curl& operator=(const Curl&) = delete;
    CURL* handle;
};

struct Strings {
    Strings() = default;
    ~Strings() { curl_slist_free_all(list); }
    Strings(const Strings&) = delete;
    Strings& operator=(const Strings&) = delete;
    void add(const std::string& text) {
        curl_slist* const longer = curl_slist_append(list, text.c_str());
        if (!longer) throw std::bad_alloc();
        list = longer;
    }
    curl_slist* list = nullptr;
};

// Lines of mail end with CR LF (RFC 2045, 6.7).
std::string with_crlf(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n' && !out.ends_with('\r')) out += '\r';
        out += c;
    }
    return out;
}

/// multipart/alternative of text and HTML.
class Body {
  public:
    Body(CURL* handle, const Mail& mail) : message_(curl_mime_init(handle)) {
        Mime alternatives(curl_mime_init(handle));
        add(alternatives, mail.text, "text/plain; charset=utf-8");
        add(alternatives, mail.html, "text/html; charset=utf-8");
        curl_mimepart* const part = curl_mime_addpart(message_.get());
        check(curl_mime_subparts(part, alternatives.get()));
        alternatives.release();  // the message's own now
        check(curl_mime_type(part, "multipart/alternative"));
    }
    curl_mime* message() const { return message_.get(); }

  private:
    struct Free {
        void operator()(curl_mime* mime) const { curl_mime_free(mime); }
    };
    using Mime = std::unique_ptr<curl_mime, Free>;

    static void add(const Mime& parts, const std::string& text, const char* type) {
        curl_mimepart* const part = curl_mime_addpart(parts.get());
        const std::string lines = with_crlf(text);
        check(curl_mime_data(part, lines.data(), lines.size()));
        check(curl_mime_type(part, type));
        check(curl_mime_encoder(part, "quoted-printable"));
    }
    static void check(CURLcode code) {
        if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
    }

    Mime message_;
};

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(handle, option, value);
    if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

void add_headers(Strings& headers, const Mail& mail, const std::string& mail_from) {
    headers.add("From: " + header_mailbox(mail.from_name, mail_from));
    headers.add("To: " + header_mailbox("", mail.to));
    headers.add("Subject: " + header_text(mail.subject));
    headers.add("Date: " + header_date(Timestamp::now()));
    headers.add("Message-ID: " + mail.message_id);
    headers.add("Auto-Submitted: auto-generated");
    if (!mail.preferences_url.empty()) headers.add("List-Unsubscribe: <" + mail.preferences_url + ">");
}

bool never_got_there(CURLcode code) {
    return code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_OPERATION_TIMEDOUT;
}

// A server that refuses the mail says 5yz for good, 4yz for now (RFC 5321, 4.2.1). What it says of our own sign-in, or
// that it wants one (530), is our fault and not the mail's.
Outcome outcome_of(CURL* handle, CURLcode code, const std::string& message_id) {
    if (code == CURLE_OK) return Outcome::sent(message_id);
    long reply = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
    const std::string detail = fmt::format("SMTP: {} ({})", curl_easy_strerror(code), reply);
    const bool for_good = reply >= 550 && reply <= 559 && code != CURLE_LOGIN_DENIED;
    return for_good ? Outcome::refused(detail) : Outcome::later(detail);
}

}  // namespace

Mailer::Mailer(MailerSettings settings) : settings_(std::move(settings)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);  // before there are other threads that use it
    if (ready != CURLE_OK) throw std::runtime_error("libcurl cannot be used");
    const auto url = boost::urls::parse_uri(settings_.smtp_url);
    if (!url || (url->scheme() != "smtp" && url->scheme() != "smtps") || url->host().empty())
        throw std::invalid_argument("smtp_url must be smtp://[user:password@]host[:port], or smtps://…");
    if (!is_plain_address(settings_.mail_from))
        throw std::invalid_argument("smtp_url needs mail_from, the sender's address: no-reply@shop.example");
    const std::string host(url->host());
    is_local_ = (host == "localhost" || host == "127.0.0.1" || host == "[::1]") && !url->has_password();
    url_ = settings_.smtp_url;
}

boost::asio::awaitable<Outcome> Mailer::send(Mail mail) {
    if (!is_plain_address(mail.to)) co_return Outcome::refused("this is no address that mail can be sent to");
    if (Timestamp::now().us < unreachable_until_us_)
        co_return Outcome::later("SMTP: the server could not be reached a moment ago");
    Outcome outcome = co_await threads_.run([this, &mail] { return deliver(mail); });
    co_return outcome;
}

Outcome Mailer::deliver(const Mail& mail) {
    static thread_local Curl curl;  // keeps its connection for the next mail
    CURL* const handle = curl.handle;
    curl_easy_reset(handle);
    Strings headers, recipients;
    add_headers(headers, mail, settings_.mail_from);
    recipients.add("<" + mail.to + ">");
    const Body body(handle, mail);
    const std::string sender = "<" + settings_.mail_from + ">";
    const auto milliseconds = [](std::chrono::seconds time) { return static_cast<long>(time.count()) * 1'000; };
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_URL, url_.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(handle, CURLOPT_USE_SSL, static_cast<long>(is_local_ ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(settings_.connect_timeout));
    set(handle, CURLOPT_TIMEOUT_MS, milliseconds(settings_.timeout));
    set(handle, CURLOPT_MAIL_FROM, sender.c_str());
    set(handle, CURLOPT_MAIL_RCPT, recipients.list);
    set(handle, CURLOPT_HTTPHEADER, headers.list);
    set(handle, CURLOPT_MIMEPOST, body.message());
    curl_blob authorities{settings_.trusted_ca_pem.data(), settings_.trusted_ca_pem.size(), CURL_BLOB_NOCOPY};
    if (!settings_.trusted_ca_pem.empty()) set(handle, CURLOPT_CAINFO_BLOB, &authorities);
    const CURLcode code = curl_easy_perform(handle);
    if (never_got_there(code)) unreachable_until_us_ = Timestamp::now().us + pause_when_unreachable_us;
    Outcome outcome = outcome_of(handle, code, mail.message_id);
    set(handle, CURLOPT_MIMEPOST, static_cast<curl_mime*>(nullptr));
    return outcome;
}

}  // namespace liveshop::notify
