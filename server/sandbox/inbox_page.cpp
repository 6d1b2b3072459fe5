#include <fmt/format.h>

#include "sandbox/inbox_door.hpp"
#include "sandbox/pages.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::size_t messages_shown = 100;

constexpr std::string_view html = R"html(<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inbox – LiveShop sandbox</title>
<link rel="stylesheet" href="/elements/card.css">
</head>
<body class="index">
<h1>Inbox</h1>
<p>What LiveShop sent: e-mail, text messages and push messages, newest first. None of it left this machine.
<a href="/">The last payments</a></p>
<form action="/inbox" class="filter">
<label for="to">Sent to</label>
<input id="to" name="to" value="{to}" placeholder="ada@example.com or +491701234567">
<button>Show</button>
</form>
{list}
</body>
</html>
)html";

// What looks like an address of the web can be clicked.
std::string with_links(std::string_view text) {
    std::string out;
    while (true) {
        const std::size_t at = std::min(text.find("http://"), text.find("https://"));
        out += escape_html(text.substr(0, at));
        if (at == text.npos) return out;
        text.remove_prefix(at);
        const std::string url = escape_html(text.substr(0, text.find_first_of(" \t\r\n<>\"'")));
        out += fmt::format("<a href=\"{0}\">{0}</a>", url);
        text.remove_prefix(std::min(text.find_first_of(" \t\r\n<>\"'"), text.size()));
    }
}

std::string link_to(std::string_view to) {
    std::string encoded;
    for (const char c : to) {
        const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_';
        encoded += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("<a href=\"/inbox?to={}\">{}</a>", encoded, escape_html(to));
}

std::string article_of(const InboxMessage& message) {
    std::string rows;
    for (const InboxHeader& header : message.headers)
        rows += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", escape_html(header.name), escape_html(header.value));
    const std::string subject = message.subject.empty() ? std::string(name_of(message.medium)) : message.subject;
    const std::string text = message.medium == Medium::web_push
                                 ? "Encrypted: only the browser can read it.\n" + escape_html(message.text)
                                 : with_links(message.text);
    return fmt::format(
        "<article id=\"message-{}\">\n<h2>{}</h2>\n<p>{} to {} at {} UTC</p>\n<pre>{}</pre>\n"
        "<details><summary>Headers</summary><table>{}</table></details>\n{}</article>\n",
        message.id, escape_html(subject), name_of(message.medium), link_to(message.to),
        message.received_at.to_string().substr(0, 19), text, rows,
        message.html.empty()
            ? ""
            : fmt::format("<details><summary>HTML</summary><pre>{}</pre></details>\n", escape_html(message.html)));
}

}  // namespace

http::Response inbox_page(const Inbox& inbox, std::string_view to) {
    const std::vector<const InboxMessage*> found = inbox.find(to);
    std::string list;
    for (std::size_t i = 0; i < found.size() && i < messages_shown; ++i) list += article_of(*found[i]);
    if (list.empty()) list = "<p>Nothing yet.</p>";
    return page(fmt::format(html, fmt::arg("to", escape_html(to)), fmt::arg("list", list)), {});
}

}  // namespace liveshop::sandbox
